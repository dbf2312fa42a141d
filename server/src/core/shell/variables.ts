import { type Command, forEachChild, type SyntaxNode } from "unbash";
import { parseScript } from "./script";

/** A place where a script reads a variable: that of the name alone. */
export interface ScriptRead {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  /** Whose value it is: the one that the script was started with, one that the script has set, or either of them. */
  readonly of: "environment" | "script" | "either";
}

/** These set the variables that they are given as words. */
const SETTERS = new Set(["read", "unset", "getopts", "mapfile", "readarray"]);
/** What is set in front of these stays set in sh, and not in bash (POSIX, special built-ins). */
const SPECIAL = new Set([":", ".", "eval", "exec", "export", "readonly", "set", "shift", "times", "trap", "unset"]);
/** After these any variable may have been set. */
const OPAQUE = new Set([".", "source", "eval"]);
const NAME = /^[a-zA-Z_]\w*$/;

/**
 * Where a script of sh or bash reads variables, in the order in which they are written; undefined where the script cannot be
 * looked into. What stands in a script in backquotes with escapes is left out, for its places are not known.
 */
export function scriptReads(source: string): readonly ScriptRead[] | undefined {
  try {
    const script = parseScript(source);
    if (!script) return undefined;
    const reader = new Reader(source);
    reader.visit(script);
    return reader.finish();
  } catch (error) {
    // Hostile nesting overflows the stack; nothing else is swallowed.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

class Reader {
  private readonly reads: Mutable<ScriptRead>[] = [];
  /** What the script has set so far: for certain, or perhaps. */
  private readonly set = new Map<string, "script" | "either">();
  /** How that came to be, for what has to be taken back. */
  private readonly changes: { readonly name: string; readonly before: "script" | "either" | undefined }[] = [];
  private readonly everSet = new Set<string>();
  private opaque = false;
  private hasFunction = false;

  constructor(private readonly source: string) {}

  finish(): readonly ScriptRead[] {
    // A function runs when it is called: what is set anywhere may be set by then.
    if (this.hasFunction) this.doubt(0, this.everSet);
    return this.reads;
  }

  visit(node: SyntaxNode): void {
    switch (node.type) {
      case "SimpleExpansion":
        return this.read(node.text.slice(1), node.pos + 1);
      case "ParameterExpansion":
        this.read(node.parameter, node.parameterPos);
        this.children(node);
        if (node.operation?.type === "Default" && node.operation.operator.endsWith("=")) this.perhaps(node.parameter);
        return;
      case "ArithmeticWord":
        if (!node.parts) this.arithmeticWord(node.pos, node.end);
        return this.children(node);
      case "ArithmeticBinary":
        this.children(node);
        if (/^(?:[-+*/%&^|]|<<|>>)?=$/.test(node.operator))
          this.perhaps(this.source.slice(node.left.pos, node.left.end));
        return;
      case "ArithmeticUnary":
        this.children(node);
        if (/^(?:\+\+|--)$/.test(node.operator)) this.perhaps(this.source.slice(node.operand.pos, node.operand.end));
        return;
      case "Command":
        return this.command(node);
      case "Statement":
        return node.background ? this.isolated(() => this.visit(node.command)) : this.visit(node.command);
      case "AndOr":
        return this.andOr(node.commands, node.operators);
      case "Script":
        if (node.source === undefined) this.children(node);
        return;
      case "Subshell":
      case "CommandExpansion":
      case "ProcessSubstitution":
        return this.isolated(() => this.children(node));
      case "Pipeline":
        for (const command of node.commands) this.isolated(() => this.visit(command));
        return;
      case "For":
      case "Select":
        for (const word of node.wordlist ?? []) this.visit(word);
        return this.loop(() => {
          this.assign(node.name.text);
          this.visit(node.body);
        });
      case "While":
      case "ArithmeticFor":
        return this.loop(() => this.children(node));
      case "If":
        this.visit(node.clause);
        return this.maybe([node.then, ...node.elif, ...(node.else ? [node.else] : [])]);
      case "Case":
        this.visit(node.word);
        return this.maybe(node.items);
      case "Function":
      case "Coproc":
        this.hasFunction = true;
        return this.maybe([node.body]);
      default:
        this.children(node);
    }
  }

  private children(node: SyntaxNode): void {
    forEachChild(node, (child) => this.visit(child));
  }

  private command(node: Command): void {
    for (const child of node.prefix) {
      this.visit(child);
      if (!node.name && child.type === "Assignment") this.assign(child.name);
    }
    if (!node.name) return;
    this.visit(node.name);
    for (const child of node.suffix) this.visit(child);
    for (const argument of node.args) {
      if (argument.type === "Assignment") this.assign(argument.name);
      else if (SETTERS.has(node.name.text)) this.assign(argument.text);
    }
    if (SPECIAL.has(node.name.text))
      for (const child of node.prefix) if (child.type === "Assignment") this.perhaps(child.name);
    this.opaque ||= OPAQUE.has(node.name.text);
  }

  /** What a part behind `&&` or `||` sets may not be set afterwards. */
  private andOr(commands: readonly SyntaxNode[], operators: readonly string[]): void {
    const [first, ...rest] = commands;
    if (first) this.visit(first);
    const mark = this.changes.length;
    rest.forEach((command, index) => {
      if (operators[index] === "||") this.maybe([command]);
      else this.visit(command);
    });
    this.blur(mark);
  }

  /** Of these branches any may run. */
  private maybe(branches: readonly SyntaxNode[]): void {
    for (const branch of branches) {
      const mark = this.changes.length;
      this.visit(branch);
      this.blur(mark);
    }
  }

  /** What a round sets, the next one may read; and there may be no round. */
  private loop(walk: () => void): void {
    const mark = this.changes.length;
    const from = this.reads.length;
    walk();
    this.blur(mark);
    this.doubt(from, new Set(this.changes.slice(mark).map(({ name }) => name)));
  }

  /** What was not surely set before is only perhaps set now. */
  private blur(mark: number): void {
    for (const { name, before } of this.changes.slice(mark))
      if (before !== "script" && this.set.has(name)) this.set.set(name, "either");
  }

  private doubt(from: number, names: ReadonlySet<string>): void {
    for (const read of this.reads.slice(from))
      if (read.of === "environment" && names.has(read.name)) read.of = "either";
  }

  /** What is set in here is forgotten afterwards. */
  private isolated(walk: () => void): void {
    const { opaque } = this;
    const mark = this.changes.length;
    walk();
    for (const { name, before } of this.changes.splice(mark).reverse()) {
      if (before) this.set.set(name, before);
      else this.set.delete(name);
    }
    this.opaque = opaque;
  }

  private assign(name: string, kind: "script" | "either" = "script"): void {
    this.everSet.add(name);
    const before = this.set.get(name);
    if (before === "script") return;
    this.changes.push({ name, before });
    this.set.set(name, kind);
  }

  private perhaps(name: string): void {
    this.assign(name, "either");
  }

  private arithmeticWord(pos: number, end: number): void {
    const dollar = this.source[pos] === "$" ? 1 : 0;
    this.read(this.source.slice(pos + dollar, end), pos + dollar);
  }

  private read(name: string, start: number): void {
    const end = start + name.length;
    if (!NAME.test(name) || this.source.slice(start, end) !== name) return;
    const of = this.set.get(name) ?? (this.opaque ? "either" : "environment");
    this.reads.push({ name, start, end, of });
  }
}
