/** The value of a variable, or undefined where it is unknown. */
export type Lookup = (name: string) => string | undefined;

/** Deeper nesting of `${…:-${…}}` than this is no Dockerfile a person wrote. */
const MAX_DEPTH = 32;

/**
 * A word of FROM, COPY, ENV, WORKDIR … as BuildKit's lexer processes it: quotes and escapes resolved, variables
 * replaced. Undefined where a variable is unknown or an operator is not understood. Linear in the word.
 */
export function expandWord(raw: string, lookup: Lookup, escape: string): string | undefined {
  const reader = new WordReader(raw, lookup, escape);
  const value = reader.read(undefined, 0);
  return reader.unknown ? undefined : value;
}

class WordReader {
  private at = 0;
  unknown = false;

  constructor(
    private readonly raw: string,
    private readonly lookup: Lookup,
    private readonly escape: string,
  ) {}

  /** Up to the stop character, or to the end. */
  read(stop: string | undefined, depth: number): string {
    const parts: string[] = [];
    let quoted = false;
    while (this.at < this.raw.length) {
      const ch = this.raw[this.at] as string;
      if (ch === stop && !quoted) break;
      this.at++;
      if (ch === this.escape) parts.push(this.escaped(quoted));
      else if (ch === '"') quoted = !quoted;
      else if (ch === "'" && !quoted) parts.push(this.singleQuoted());
      else if (ch === "$") parts.push(this.variable(depth));
      else parts.push(ch);
    }
    return parts.join("");
  }

  private escaped(quoted: boolean): string {
    const next = this.raw[this.at];
    if (next === undefined) return quoted ? this.escape : "";
    this.at++;
    return quoted && !['"', "$", this.escape].includes(next) ? this.escape + next : next;
  }

  private singleQuoted(): string {
    const end = this.raw.indexOf("'", this.at);
    const text = this.raw.slice(this.at, end < 0 ? undefined : end);
    this.at = end < 0 ? this.raw.length : end + 1;
    return text;
  }

  private variable(depth: number): string {
    if (this.raw[this.at] !== "{") {
      const name = this.name();
      return name === "" ? "$" : this.value(name);
    }
    this.at++;
    const name = this.name();
    const operator = /^(?:}|:?[-+])/.exec(this.raw.slice(this.at, this.at + 2))?.[0];
    if (!operator || depth > MAX_DEPTH) return this.giveUp();
    this.at += operator.length;
    if (operator === "}") return this.value(name);
    return this.operand(name, operator, depth);
  }

  private operand(name: string, operator: string, depth: number): string {
    const known = this.lookup(name);
    const before = this.unknown;
    const word = this.read("}", depth + 1);
    this.at++;
    const wordUnknown = this.unknown;
    this.unknown = before;
    if (known === undefined) return this.giveUp();
    const set = known !== "";
    const useWord = operator.endsWith("+") ? set : !set;
    if (useWord && wordUnknown) return this.giveUp();
    if (useWord) return word;
    return operator.endsWith("+") ? "" : known;
  }

  private name(): string {
    const match = /^(?:[a-zA-Z_][a-zA-Z0-9_]*|[0-9])/.exec(this.raw.slice(this.at, this.at + 256));
    this.at += match?.[0].length ?? 0;
    return match?.[0] ?? "";
  }

  private value(name: string): string {
    return this.lookup(name) ?? this.giveUp();
  }

  private giveUp(): string {
    this.unknown = true;
    return "";
  }
}
