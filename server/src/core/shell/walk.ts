import type { AndOr, Command, CompoundList, If, Pipeline, Statement, SyntaxNode, Word } from "unbash";
import { afterCommand, assign } from "./builtins";
import { asCondition, dies, type Fate, fatesOf, perhaps } from "./fate";
import type { Output, Run, ShellCommand, ToFile } from "./script";
import type { ShellMode } from "./shell-words";
import { begin, forget, ifFailed, join, namesSince, type State } from "./state";
import { substitutionsIn, WordReader, wordsOfTest } from "./words";

/** Deeper nesting than this is no program a person wrote; unbash's own limit is 256. */
const MAX_DEPTH = 64;

/** Functions that call functions that call functions make a short script run without end: it is not followed. */
export class TooManySteps extends Error {
  override readonly name = "TooManySteps";
}

/** Where a part of a script stands. */
interface Place {
  readonly fate: Fate;
  readonly depth: number;
  /** Files that the groups around it write. */
  readonly outputs: readonly Output[];
  readonly captured: boolean;
}

/** Walks a script in the order in which it runs, and keeps what each command leaves behind for those after it. */
export class Walker {
  private readonly commands: ShellCommand[] = [];
  private readonly functions = new Map<string, { readonly body: SyntaxNode; called: boolean }>();
  private readonly calls = new Set<string>();
  private state: State;
  private words: WordReader;
  private steps: number;
  /** A loop is walked twice: first for what it does to variables alone. */
  private rehearses = false;
  private returns = 0;

  constructor(
    source: string,
    toFile: ToFile,
    private readonly mode: ShellMode,
  ) {
    this.words = new WordReader(source, toFile);
    this.state = begin(mode);
    this.steps = 1000 + 8 * source.length;
  }

  read(statements: readonly Statement[], { always, succeeded, outputs, captured }: Run): readonly ShellCommand[] {
    const status = succeeded ? "zero" : "any";
    const fate: Fate = { ran: always, status, watched: true, shellSucceeds: succeeded };
    const place = { fate, depth: 0, outputs, captured };
    this.list(statements, place);
    // What nobody is seen to call may be called by a trap, or by another shell.
    for (const { body, called } of this.functions.values()) {
      this.state = { ...forget(begin(this.mode), ["*"]), folders: undefined };
      if (!called) this.node(body, { ...place, fate: perhaps(asCondition(fate)) });
    }
    return this.commands;
  }

  private list(statements: readonly Statement[], place: Place): void {
    statements.forEach(({ command, background }, at) => {
      const fate: Fate = at === statements.length - 1 ? place.fate : { ...place.fate, status: "any" };
      if (background) this.isolated(() => this.node(command, { ...place, fate: aside(fate) }));
      else this.node(command, { ...place, fate });
    });
  }

  private node(node: SyntaxNode, outer: Place): void {
    if (outer.depth > MAX_DEPTH) throw new TooManySteps();
    const place = { ...outer, depth: outer.depth + 1 };
    switch (node.type) {
      case "Command":
        return this.command(node, place);
      case "AndOr":
        return this.andOr(node, place);
      case "Pipeline":
        return this.pipeline(node, place);
      case "Redirected":
        for (const each of node.redirects) if (each.type !== "HereDoc") this.substitutions(each.target, place);
        return this.node(node.command, { ...place, outputs: this.outputs(node.redirects, place) });
      case "BraceGroup":
        return this.list(node.body.commands, place);
      case "CompoundList":
        return this.list(node.commands, place);
      case "Subshell":
        return this.subshell(place, (inner) => this.list(node.body.commands, inner));
      case "If":
        return this.choose(node, place);
      case "For":
      case "Select":
        for (const word of node.wordlist ?? []) this.substitutions(word, place);
        return this.loop(place, undefined, node.body, [node.name.text]);
      case "ArithmeticFor":
        return this.loop(place, undefined, node.body, ["*"]);
      case "While":
        return this.loop(place, node.clause, node.body, []);
      case "Case":
        this.substitutions(node.word, place);
        return this.branches(
          node.items.map(({ body }) => body),
          node.items.some(({ pattern }) => pattern.some(({ text }) => text === "*")),
          place,
        );
      case "Function":
        this.functions.set(node.name.text, { body: node.body, called: false });
        return;
      case "Coproc":
        return this.isolated(() => this.node(node.body, { ...place, fate: aside(place.fate) }));
      case "TestCommand":
        for (const word of wordsOfTest(node.expression)) this.substitutions(word, place);
        return;
      case "ArithmeticCommand":
        this.state = forget(this.state, node.body.match(/[A-Za-z_]\w*/g) ?? []);
        return;
      default:
    }
  }

  /** Each part runs where the one before has succeeded, or failed; the state of both ways is kept. */
  private andOr(node: AndOr, place: Place): void {
    const { variables: since } = this.state;
    const fates = fatesOf(node, place.fate);
    let succeeded = this.state;
    let failed: readonly State[] = [];
    node.commands.forEach((part, at) => {
      const isElse = node.operators[at - 1] === "||";
      const before = isElse ? this.either(since, failed) : succeeded;
      this.state = before;
      this.node(part, { ...place, fate: fates[at] as Fate });
      if (isElse && place.fate.shellSucceeds && dies(part, true)) this.state = { ...this.state, reach: "never" };
      const failure = ifFailed(before, this.state);
      // Of failures in a row the first and the last tell which variables are unsure.
      const [first, last = first] = isElse ? [] : failed;
      failed = first && last ? [first, ifFailed(last, failure)] : [failure];
      succeeded = isElse ? this.either(since, [succeeded, this.state]) : this.state;
    });
    const { status } = place.fate;
    if (status === "zero") this.state = succeeded;
    else this.state = this.either(since, status === "nonzero" ? failed : [succeeded, ...failed]);
  }

  /** The parts of a pipe each run in a shell of their own; the last one's end is the pipe's. */
  private pipeline({ prefixes, commands }: Pipeline, place: Place): void {
    const negations = prefixes.filter(({ type }) => type === "Negation").length;
    const fate = negations > 0 ? negated(place.fate, negations) : place.fate;
    const [only, ...others] = commands;
    if (only && others.length === 0) return this.node(only, { ...place, fate });
    const { status } = this.settled(fate);
    const before = this.state.pipefail && status === "zero" ? "zero" : "any";
    commands.forEach((command, at) => {
      const end = at === others.length ? status : before;
      const own = { ...fate, status: end, shellSucceeds: end === "zero" };
      this.isolated(() => this.node(command, { ...place, fate: own }));
    });
    this.mayStop({ ...fate, status }, this.state.errexit);
  }

  private subshell(place: Place, walk: (inner: Place) => void): void {
    const fate = this.settled(place.fate);
    this.isolated(() => walk({ ...place, fate: { ...fate, shellSucceeds: fate.status === "zero" } }));
    this.mayStop(fate, this.state.errexit);
  }

  private choose({ clause, then, elif, else: otherwise }: If, place: Place): void {
    const maybe = { ...place, fate: perhaps(place.fate) };
    let no = this.state;
    const { variables: since } = no;
    const ways: State[] = [];
    for (const [at, branch] of [{ clause, then }, ...elif].entries()) {
      this.state = no;
      this.list(branch.clause.commands, { ...place, fate: asCondition(at === 0 ? place.fate : maybe.fate) });
      no = ifFailed(no, this.state);
      this.list(branch.then.commands, maybe);
      ways.push(this.state);
    }
    this.state = no;
    if (otherwise) this.list(otherwise.commands, maybe);
    this.state = this.either(since, [...ways, this.state]);
  }

  /** What a later round sets, an earlier command of the body may see. */
  private loop(place: Place, clause: CompoundList | undefined, body: CompoundList, names: readonly string[]): void {
    const before = this.state;
    const round = () => {
      this.state = forget(this.state, names);
      if (clause) this.list(clause.commands, { ...place, fate: asCondition(place.fate) });
      this.list(body.commands, { ...place, fate: perhaps(place.fate) });
      this.state = this.either(before.variables, [before, this.state]);
    };
    if (!this.rehearses) {
      this.rehearses = true;
      round();
      this.rehearses = false;
      this.state = { ...this.state, reach: before.reach };
    }
    round();
  }

  /** Of several bodies one runs; or none, where they are not `complete`. */
  private branches(bodies: readonly CompoundList[], complete: boolean, place: Place): void {
    const before = this.state;
    const ways = bodies.map(({ commands }) => {
      this.state = before;
      this.list(commands, { ...place, fate: perhaps(place.fate) });
      return this.state;
    });
    this.state = this.either(before.variables, complete ? ways : [...ways, before]);
  }

  private command(node: Command, place: Place): void {
    this.spend(1);
    const fate = this.settled(place.fate);
    this.substitutionsOf(node, place, fate);
    const called = this.functions.get(node.name?.text ?? "");
    if (node.name && called) return this.call(node.name.text, called, node, place);
    const assignments = this.words.assignments(node.prefix);
    const outputs = this.outputs(node.redirects, place);
    if (!node.name) this.state = assign(this.state, assignments, false);
    // `> file` alone makes the file.
    if (!node.name && outputs.length === place.outputs.length) return;
    const span = this.words.toFile(node.pos, node.end);
    const sure = fate.ran && this.state.reach === "surely";
    const command: ShellCommand = {
      name: node.name ? this.words.word(node.name) : { text: ":", span, node: undefined },
      args: node.args.flatMap((argument) => (argument.type === "Word" ? [this.words.word(argument)] : [])),
      assignments: node.name ? assignments : [],
      span,
      always: sure,
      succeeded: sure && fate.status === "zero",
      captured: place.captured,
      folders: this.state.folders,
      variables: this.state.variables,
      outputs,
      output: outputs[0]?.file,
      input: this.words.input(node.redirects),
    };
    if (!this.rehearses) this.commands.push(command);
    if (command.name.text === "return") this.returns++;
    const { errexit } = this.state;
    this.state = afterCommand(this.state, command, this.words.assignments(node.args), fate);
    this.mayStop(fate, errexit);
  }

  /** A function of the script: what its body runs, where it is called. */
  private call(
    name: string,
    called: { readonly body: SyntaxNode; called: boolean },
    node: Command,
    place: Place,
  ): void {
    if (this.calls.has(name)) return;
    const { state, returns } = this;
    called.called = true;
    this.calls.add(name);
    this.node(called.body, { ...place, outputs: this.outputs(node.redirects, place) });
    this.calls.delete(name);
    const names = namesSince(this.state.variables, state.variables);
    this.spend(names.length);
    const returned = this.returns > returns && this.state.reach !== "never";
    this.state = forget({ ...this.state, ...(returned && { reach: state.reach }) }, names);
  }

  private substitutionsOf(node: Command, place: Place, { status }: Fate): void {
    const assigned = [...node.prefix, ...node.args].flatMap((each) =>
      each.type === "Assignment" ? (each.value.type === "Word" ? [each.value] : each.value.elements) : [],
    );
    // `A=$(b)` ends as b does.
    for (const [at, word] of assigned.entries())
      this.substitutions(word, place, !node.name && at === assigned.length - 1 ? status : "any");
    if (node.name) this.substitutions(node.name, place);
    for (const each of node.args) if (each.type === "Word") this.substitutions(each, place);
    for (const each of node.redirects)
      if (each.type !== "HereDoc") this.substitutions(each.target, place);
      else if (!each.delimiter?.quoted) this.substitutions(each.body, place);
  }

  private substitutions(
    word: Pick<Word, "text" | "parts"> | undefined,
    place: Place,
    status: Fate["status"] = "any",
  ): void {
    const found = word ? substitutionsIn(word) : [];
    for (const [at, { type, script, pos, end }] of found.entries()) {
      if (!script) continue;
      const { words } = this;
      const own = at === found.length - 1 ? status : "any";
      const ran = place.fate.ran && type === "CommandExpansion";
      const fate: Fate = { ran, status: own, watched: false, shellSucceeds: own === "zero" };
      // Backticks in backticks are read from a text of their own.
      if (script.source !== undefined) this.words = new WordReader(script.source, () => words.toFile(pos, end));
      this.isolated(() => this.list(script.commands, { fate, depth: place.depth + 1, outputs: [], captured: true }));
      this.words = words;
    }
  }

  private outputs(redirections: Command["redirects"], place: Place): readonly Output[] {
    const own = this.words.outputs(redirections);
    return own.length > 0 ? [...own, ...place.outputs] : place.outputs;
  }

  /** What happens to folder, variables and options in here is forgotten afterwards. */
  private isolated(walk: () => void): void {
    const { state } = this;
    walk();
    this.state = state;
  }

  /** With `set -e` a part whose end is looked at has succeeded, where its shell has. */
  private settled(fate: Fate): Fate {
    const holds = fate.status === "any" && fate.watched && fate.shellSucceeds && this.state.errexit;
    return holds ? { ...fate, status: "zero" } : fate;
  }

  /** With `set -e` a failure ends a subshell of which nobody looks at the end. */
  private mayStop({ status, watched }: Fate, errexit: boolean): void {
    const { reach } = this.state;
    if (errexit && watched && status === "any" && reach === "surely") this.state = { ...this.state, reach: "perhaps" };
  }

  private either(since: State["variables"], ways: readonly State[]): State {
    for (const { variables } of ways) this.spend(namesSince(variables, since).length);
    return join(since, ways);
  }

  private spend(steps: number): void {
    this.steps -= steps;
    if (this.steps < 0) throw new TooManySteps();
  }
}

/** In the background: it may not have come to its end. */
function aside(fate: Fate): Fate {
  return { ...perhaps(asCondition(fate)), shellSucceeds: false };
}

/** Behind `!`, or several of them. */
function negated(fate: Fate, negations: number): Fate {
  const other = { zero: "nonzero", nonzero: "zero", any: "any" } as const;
  return { ...fate, watched: false, status: negations % 2 === 1 ? other[fate.status] : fate.status };
}
