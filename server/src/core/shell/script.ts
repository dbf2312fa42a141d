import {
  type Command,
  type CompoundList,
  type ParsedScript,
  parse,
  type Redirection,
  type Statement,
  type SyntaxNode,
  type Word,
} from "unbash";
import { Memo } from "../text/memo";
import type { Span } from "../text/span";

/** A word of a script. `expand.ts` computes its value. */
export interface ShellWord {
  readonly text: string;
  readonly span: Span;
  /** Undefined in exec form, where the text is the value. */
  readonly node: Word | undefined;
}

export interface ShellAssignment {
  readonly name: string;
  readonly value: ShellWord;
  readonly span: Span;
}

/** One program that a script runs. */
export interface ShellCommand {
  readonly name: ShellWord;
  readonly args: readonly ShellWord[];
  /** `A=b` in front of the command, for it alone. */
  readonly assignments: readonly ShellAssignment[];
  readonly span: Span;
  /** It runs whenever the script succeeds; false behind `||`, in a condition, loop, function or substitution. */
  readonly always: boolean;
  /** The `cd` commands in effect, in order; undefined where a `cd` may or may not have happened. */
  readonly folders: Chain<ShellWord> | "none" | undefined;
  /** Variables that the script itself has set before. */
  readonly variables: Chain<ShellAssignment> | undefined;
  /** Its output goes to a file (`> x`, `>> x`): the word that names it. */
  readonly output: ShellWord | undefined;
}

/** A list that grows at its end without copying: the latest, and what was before it. */
export interface Chain<T> {
  readonly last: T;
  readonly before: Chain<T> | undefined;
}

export interface Script {
  /** In the order in which they are written. */
  readonly commands: readonly ShellCommand[];
  /** The first thing that no shell would accept, if any. */
  readonly error: { readonly message: string; readonly span: Span } | undefined;
}

/** Deeper nesting than this is no program a person wrote; unbash's own limit is 256. */
const MAX_DEPTH = 64;
/** A longer script is not looked into: unbash takes a second for 1 MB. */
const MAX_SCRIPT = 65_536;
const parsed = new Memo(parse);
const NOTHING: Script = { commands: [], error: undefined };

/** The tree of a script; undefined where it is too long or too deep to be looked into. */
export function parseScript(source: string): ParsedScript | undefined {
  return source.length > MAX_SCRIPT || tooDeep(source) ? undefined : parsed.of(source);
}

/**
 * The commands of a script for sh or bash; `toFile` turns its offsets into spans of the file.
 * Never throws; what is too deep or too long is left out.
 */
export function readScript(source: string, toFile: (start: number, end: number) => Span): Script {
  try {
    const script = parseScript(source);
    if (!script) return NOTHING;
    const walker = new Walker(source, toFile);
    walker.list(script.commands, { always: true, depth: 0 });
    return { commands: walker.commands, error: firstError(script, toFile) };
  } catch (error) {
    // Hostile nesting that the check above lets through overflows unbash's stack; nothing else is swallowed.
    if (error instanceof RangeError) return NOTHING;
    throw error;
  }
}

function firstError(script: ParsedScript, toFile: (start: number, end: number) => Span): Script["error"] {
  const error = script.errors?.[0];
  return error ? { message: error.message, span: toFile(error.pos, error.pos) } : undefined;
}

/** Counts openings of substitutions, groups and subshells: more than a few hundred make unbash superlinear. */
function tooDeep(source: string): boolean {
  let open = 0;
  for (let at = 0; at < source.length; at++) {
    const ch = source.charCodeAt(at);
    if (ch === 40 || ch === 123) {
      if (++open > 256) return true;
    } else if ((ch === 41 || ch === 125) && open > 0) open--;
  }
  return false;
}

interface Place {
  readonly always: boolean;
  readonly depth: number;
  /** Where the output of a whole group goes. */
  readonly output?: ShellWord;
}

/** Walks a script in order, keeping the folder and the variables that a `cd` or an assignment leaves behind. */
class Walker {
  readonly commands: ShellCommand[] = [];
  private folders: ShellCommand["folders"] = "none";
  private variables: ShellCommand["variables"];

  constructor(
    private readonly source: string,
    private readonly toFile: (start: number, end: number) => Span,
  ) {}

  list(statements: readonly Statement[], place: Place): void {
    for (const statement of statements)
      this.node(statement.command, statement.background ? { ...place, always: false } : place);
  }

  private node(node: SyntaxNode, place: Place): void {
    if (place.depth > MAX_DEPTH) return;
    const inner = { ...place, depth: place.depth + 1 };
    switch (node.type) {
      case "Command":
        return this.command(node, place);
      case "AndOr": {
        let { always } = inner;
        node.commands.forEach((command, index) => {
          if (node.operators[index - 1] === "||") always = false;
          this.node(command, { ...inner, always });
        });
        return;
      }
      case "Pipeline":
        return this.isolated(() => {
          for (const command of node.commands) this.node(command, inner);
        });
      case "Redirected":
        return this.node(node.command, { ...inner, ...this.output(node.redirects) });
      case "BraceGroup":
        return this.list(node.body.commands, inner);
      case "Subshell":
        return this.isolated(() => this.list(node.body.commands, inner));
      case "If":
        this.list(node.clause.commands, inner);
        return this.maybe(
          [
            node.then,
            ...node.elif.flatMap((branch) => [branch.clause, branch.then]),
            ...(node.else ? [node.else] : []),
          ],
          inner,
        );
      case "For":
      case "ArithmeticFor":
      case "Select":
        return this.maybe([node.body], inner);
      case "While":
        return this.maybe([node.clause, node.body], inner);
      case "Case":
        return this.maybe(
          node.items.map((item) => item.body),
          inner,
        );
      case "Function":
        if (node.body.type === "BraceGroup" || node.body.type === "Subshell") this.maybe([node.body.body], inner);
        return;
      default:
    }
  }

  /** What happens to folder and variables in here is forgotten afterwards. */
  private isolated(walk: () => void): void {
    const { folders, variables } = this;
    walk();
    this.folders = folders;
    this.variables = variables;
  }

  /** Branches of which any may run: a `cd` in one of them makes the folder unknown. */
  private maybe(branches: readonly CompoundList[], place: Place): void {
    const { folders, variables } = this;
    let moved = false;
    for (const branch of branches) {
      this.folders = folders;
      this.list(branch.commands, { ...place, always: false });
      moved ||= this.folders !== folders;
    }
    this.folders = moved ? undefined : folders;
    this.variables = variables;
  }

  private command(node: Command, place: Place): void {
    const assignments = this.assignments(node.prefix);
    if (!node.name) return this.remember(assignments);
    const command: ShellCommand = {
      name: this.word(node.name),
      args: node.args.flatMap((argument) => (argument.type === "Word" ? [this.word(argument)] : [])),
      assignments,
      span: this.toFile(node.pos, node.end),
      always: place.always,
      folders: this.folders,
      variables: this.variables,
      output: this.output(node.redirects)?.output ?? place.output,
    };
    this.commands.push(command);
    if (command.name.text === "cd") this.changeFolder(command, place);
    if (command.name.text === "export") this.remember(this.assignments(node.args));
  }

  private changeFolder(command: ShellCommand, place: Place): void {
    const target = command.args.find((argument) => !/^-[LPe@]+$|^--$/.test(argument.text));
    if (!place.always || !target || target.text === "-" || this.folders === undefined) this.folders = undefined;
    else this.folders = { last: target, before: this.folders === "none" ? undefined : this.folders };
  }

  private remember(assignments: readonly ShellAssignment[]): void {
    for (const last of assignments) this.variables = { last, before: this.variables };
  }

  private assignments(nodes: readonly SyntaxNode[]): readonly ShellAssignment[] {
    return nodes.flatMap((node) => {
      if (node.type !== "Assignment" || node.value.type !== "Word") return [];
      return { name: node.name, value: this.word(node.value), span: this.toFile(node.pos, node.end) };
    });
  }

  private output(redirections: readonly Redirection[]): { readonly output: ShellWord } | undefined {
    for (const redirection of redirections) {
      if (redirection.type !== "Redirect" || !redirection.target || !redirection.operator.includes(">")) continue;
      if (redirection.operator === ">&" || redirection.target.value === "/dev/null") continue;
      return { output: this.word(redirection.target) };
    }
    return undefined;
  }

  private word(node: Word): ShellWord {
    return { text: this.source.slice(node.pos, node.end), span: this.toFile(node.pos, node.end), node };
  }
}
