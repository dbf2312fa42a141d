import { rememberedBeside } from "../text/remembered";
import { tokenize } from "./go-tokens";
import type { SourceText } from "./source-text";

export interface SourceToken {
  readonly text: string;
  /** The text of a string literal. */
  readonly literal: string | undefined;
  readonly isName: boolean;
}

/** `std::fs::read(path)`, `options.open(path)`, `fopen(path, "r")`. */
export interface SourceCall {
  /** As it is written, a method's with what it is called on left out: `std::fs::read`, `.open`, `fopen`, `format!`. */
  readonly name: string;
  readonly args: readonly Expression[];
  /** The name before it: in `std::ifstream file(path)` the type of what is made. */
  readonly type: string | undefined;
  /** The function that it stands in. */
  readonly within: SourceFunction | undefined;
}

export type Expression = readonly SourceToken[];

export interface SourceFunction {
  readonly name: string;
  /** The names of its parameters; "" where one has none. */
  readonly parameters: readonly string[];
}

/** `let name = …`, `const NAME: &str = …`, `char *name = …`, `#define NAME …`. */
export interface SourceBinding {
  readonly name: string;
  readonly value: Expression;
  readonly within: SourceFunction | undefined;
}

export interface SourceSyntax {
  readonly calls: readonly SourceCall[];
  readonly functions: readonly SourceFunction[];
  readonly bindings: ReadonlyMap<string, readonly SourceBinding[]>;
}

/** The calls and the values of names in a file of Rust, C or C++. Linear. */
export const sourceSyntax = rememberedBeside((text: SourceText): SourceSyntax => new Reader(text).syntax);

const OPENS = new Set(["(", "[", "{"]);
const KEYWORDS = new Set("if while for switch match return sizeof else unsafe move fn let mut ref".split(" "));

class Reader {
  private readonly list: readonly SourceToken[];
  private readonly match = new Map<number, number>();
  private readonly calls: SourceCall[] = [];
  private readonly functions: SourceFunction[] = [];
  private readonly bindings = new Map<string, SourceBinding[]>();
  /** The functions that are open, the innermost last, with where each ends. */
  private readonly open: { readonly it: SourceFunction; readonly end: number }[] = [];

  constructor(text: SourceText) {
    this.list = tokenize({ code: definesAsBindings(text.code), strings: text.strings }).list.filter(
      (token) => token.text !== "\n",
    );
    this.brackets();
    for (let at = 0; at < this.list.length; at++) {
      at = this.testEnd(at);
      this.token(at);
    }
  }

  get syntax(): SourceSyntax {
    return { calls: this.calls, functions: this.functions, bindings: this.bindings };
  }

  private brackets(): void {
    const waiting: number[] = [];
    const closes: Readonly<Record<string, string>> = { ")": "(", "]": "[", "}": "{" };
    this.list.forEach(({ text }, at) => {
      if (OPENS.has(text)) waiting.push(at);
      else if (closes[text] !== undefined && this.list[waiting.at(-1) ?? -1]?.text === closes[text])
        this.match.set(waiting.pop() ?? 0, at);
    });
  }

  private text(at: number): string {
    return this.list[at]?.text ?? "";
  }

  /** Where a module of tests ends that begins here, `#[cfg(test)] mod tests { … }`: it is no part of the program. */
  private testEnd(at: number): number {
    if (this.text(at) !== "cfg" || this.text(at + 2) !== "test" || this.text(at + 3) !== ")") return at;
    for (let next = at + 4; next < at + 20; next++) {
      if (this.text(next) === ";") return at;
      if (this.text(next) === "{") return this.match.get(next) ?? at;
    }
    return at;
  }

  private token(at: number): void {
    while (this.open.length > 0 && at > (this.open.at(-1)?.end ?? 0)) this.open.pop();
    const token = this.list[at];
    if (!token?.isName) return;
    const bracket = this.bracketBehind(at);
    if (bracket !== undefined && !KEYWORDS.has(token.text)) {
      const end = this.match.get(bracket);
      const body = end === undefined ? undefined : this.bodyBehind(at, end);
      if (end !== undefined && body !== undefined) this.functionAt(at, bracket, end, body);
      else if (end !== undefined && this.text(at - 1) !== "fn") this.callAt(at, bracket, end);
    }
    // `char buffer[] = "…"` and `name: Type = …` too.
    const equals = this.equalsBehind(at);
    if (equals !== undefined) this.bind(token.text, equals);
  }

  /** Where the arguments of a name begin: `read(`, `read::<T>(`, `format!(`. */
  private bracketBehind(at: number): number | undefined {
    let next = at + 1;
    if (this.text(next) === "!" && OPENS.has(this.text(next + 1))) next++;
    else if (this.text(next) === ":" && this.text(next + 1) === ":" && this.text(next + 2) === "<") {
      for (next += 3; next < at + 40 && this.text(next) !== ">"; next++);
      while (this.text(next) === ">") next++;
    }
    // `std::ifstream file{path}`.
    const isMade = this.text(next) === "{" && /stream$/.test(this.text(at - 1));
    return this.text(next) === "(" || isMade || (next === at + 2 && OPENS.has(this.text(next))) ? next : undefined;
  }

  /** Where the body of a function begins whose parameters end at `end`; undefined where it is a call. */
  private bodyBehind(at: number, end: number): number | undefined {
    const isRust = this.text(at - 1) === "fn";
    const before = this.list[at - 1];
    // In C a type stands before the name of a function, and nothing of the like before a call.
    const isC = (before?.isName && !KEYWORDS.has(before.text)) || before?.text === "*" || before?.text === "&";
    if (isRust) {
      for (let next = end + 1; next < end + 200 && next < this.list.length; next++) {
        if (this.text(next) === "{") return next;
        if (this.text(next) === ";") return undefined;
      }
      return undefined;
    }
    return isC && this.text(end + 1) === "{" ? end + 1 : undefined;
  }

  private functionAt(at: number, bracket: number, end: number, body: number): void {
    const isRust = this.text(at - 1) === "fn";
    const parameters = this.split(bracket + 1, end).map((tokens) => {
      const names = tokens.filter(({ isName, text }) => isName && text !== "mut");
      const colon = tokens.findIndex(({ text }) => text === ":");
      if (!isRust) return names.at(-1)?.text ?? "";
      return colon > 0 ? (tokens[colon - 1]?.text ?? "") : "";
    });
    // `self` is no argument of the call.
    const isMethod = isRust && this.list.slice(bracket + 1, bracket + 5).some(({ text }) => text === "self");
    const it = { name: this.text(at), parameters: isMethod ? parameters.slice(1) : parameters };
    this.functions.push(it);
    this.open.push({ it, end: this.match.get(body) ?? this.list.length });
  }

  private callAt(at: number, bracket: number, end: number): void {
    const args = this.split(bracket + 1, end);
    const within = this.open.at(-1)?.it;
    const before = this.list[at - 1];
    const type = before?.isName && !KEYWORDS.has(before.text) ? before.text : undefined;
    this.calls.push({ name: this.nameAt(at) + (this.text(at + 1) === "!" ? "!" : ""), args, type, within });
  }

  /** The name with the path before it; a method begins with a dot. */
  private nameAt(at: number): string {
    let first = at;
    while (this.text(first - 1) === ":" && this.text(first - 2) === ":" && this.list[first - 3]?.isName) first -= 3;
    const dot = this.text(first - 1) === "." || (this.text(first - 1) === ">" && this.text(first - 2) === "-");
    const path = this.list.slice(first, at + 1).flatMap(({ isName, text }) => (isName ? [text] : []));
    return (dot ? "." : "") + path.join("::");
  }

  /** The arguments between two brackets. */
  private split(from: number, to: number): readonly Expression[] {
    const parts: SourceToken[][] = [[]];
    for (let at = from; at < to; at++) {
      const close = this.match.get(at);
      const part = parts.at(-1) as SourceToken[];
      if (close !== undefined && close < to) {
        part.push(...this.list.slice(at, close + 1));
        at = close;
      } else if (this.text(at) === ",") parts.push([]);
      else part.push(this.list[at] as SourceToken);
    }
    return parts.filter((part) => part.length > 0);
  }

  /** Where the value of a name begins that is bound here; a comparison is none. */
  private equalsBehind(at: number): number | undefined {
    let next = at + 1;
    while (this.text(next) === "[" && (this.match.get(next) ?? next) <= next + 4)
      next = (this.match.get(next) ?? next) + 1;
    if (this.text(next) === ":" && this.text(next + 1) !== ":")
      for (next++; next < at + 30 && !/^[=;,){}]$/.test(this.text(next)); next++);
    return this.text(next) === "=" && !/^[=!<>+.*/-]$/.test(this.text(next - 1)) && this.text(next + 1) !== "="
      ? next + 1
      : undefined;
  }

  private bind(name: string, from: number): void {
    let to = from;
    while (to < this.list.length && to < from + MAX_VALUE && !/^[;,)}]$/.test(this.text(to)))
      to = (this.match.get(to) ?? to) + 1;
    const known = this.bindings.get(name) ?? [];
    known.push({ name, value: this.list.slice(from, to), within: this.open.at(-1)?.it });
    this.bindings.set(name, known);
  }
}

/** Tokens of a value; what is longer names no path. */
const MAX_VALUE = 200;

/** `#define NAME "value"` as an assignment. */
function definesAsBindings(code: string): string {
  return code.replace(/^[ \t]*#[ \t]*define[ \t]+(\w+)[ \t]+(\S[^\n]*)/gm, "$1 = $2;");
}
