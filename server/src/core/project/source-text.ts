/** A file of Rust, C, C++ or Java and its like as text that is safe to look through. */
export interface SourceText {
  /** The code with each string literal replaced by `"N"`, the place of its text in `strings`, and comments left out. */
  readonly code: string;
  readonly strings: readonly string[];
}

/** `jvm` is Java, Kotlin, Scala and Groovy. */
export type SourceLanguage = "rust" | "c" | "jvm";

/** A longer file was made by a program, and is not looked into. Characters. */
const MAX_TEXT = 512 * 1024;

/** Takes comments out of a file, and literals apart; undefined where it is too long. Linear. */
export function separateSource(text: string, language: SourceLanguage): SourceText | undefined {
  return text.length > MAX_TEXT ? undefined : new Separator(text, language).result();
}

const RUST_PREFIX = /\b(?:b|c|br|cr|r)(#*)$/;
const C_PREFIX = /\b(?:u8|[uUL])?R?$/;

class Separator {
  private readonly parts: string[] = [];
  private readonly strings: string[] = [];
  private from = 0;
  private at = 0;
  /** Characters before a quote that are part of the literal: `r#`, `b`, `u8R`. */
  private prefix = 0;

  constructor(
    private readonly text: string,
    private readonly language: SourceLanguage,
  ) {
    while (this.at < text.length) this.step();
    this.parts.push(text.slice(this.from));
  }

  result(): SourceText {
    return { code: this.parts.join(""), strings: this.strings };
  }

  private step(): void {
    const { text, at } = this;
    const ch = text[at];
    if (ch === "/" && text[at + 1] === "/") this.skip(this.indexOf("\n", at));
    else if (ch === "/" && text[at + 1] === "*") this.skip(this.commentEnd(at));
    else if (ch === '"') this.quoted(at);
    else if (ch === "'") this.apostrophe(at);
    else this.at++;
  }

  private indexOf(what: string, from: number): number {
    const found = this.text.indexOf(what, from);
    return found < 0 ? this.text.length : found;
  }

  /** Comments of Rust nest. */
  private commentEnd(from: number): number {
    const end = this.indexOf("*/", from + 2) + 2;
    if (this.language !== "rust") return end;
    let depth = 1;
    for (let at = from + 2; at < this.text.length; at++) {
      const two = this.text.slice(at, at + 2);
      if (two === "/*") depth++;
      else if (two === "*/") depth--;
      else continue;
      at++;
      if (depth === 0) return at + 1;
    }
    return this.text.length;
  }

  private skip(end: number, instead = " "): void {
    this.parts.push(this.text.slice(this.from, this.at), instead);
    this.from = this.at = Math.min(end, this.text.length);
  }

  /** A string; a raw one ends at its own mark: r#"…"# of Rust, R"x(…)x" of C++. */
  private quoted(at: number): void {
    const { text } = this;
    if (this.language === "jvm" && text.startsWith('"""', at))
      return this.literal(at + 3, this.indexOf('"""', at + 3), 3);
    const before = text.slice(Math.max(this.from, at - 8), at);
    const [prefix = "", hashes] = (this.language === "rust" ? RUST_PREFIX : C_PREFIX).exec(before) ?? [];
    this.prefix = prefix.length;
    if (this.language === "rust" && prefix.includes("r"))
      return this.literal(at + 1, this.indexOf(`"${hashes}`, at + 1), 1 + (hashes?.length ?? 0));
    if (this.language === "c" && prefix.endsWith("R")) {
      const open = text.indexOf("(", at);
      if (open > 0 && open - at <= 17) {
        const mark = text.slice(at + 1, open);
        return this.literal(open + 1, this.indexOf(`)${mark}"`, open + 1), 2 + mark.length);
      }
    }
    let end = at + 1;
    while (end < text.length && text[end] !== '"') end += text[end] === "\\" ? 2 : 1;
    return this.literal(at + 1, Math.min(end, text.length), 1);
  }

  private literal(from: number, to: number, closing: number): void {
    this.parts.push(this.text.slice(this.from, this.at - this.prefix), `"${this.strings.length}"`);
    this.strings.push(this.text.slice(from, to));
    this.from = this.at = Math.min(to + closing, this.text.length);
  }

  /** A character; in Rust it may begin a lifetime. */
  private apostrophe(at: number): void {
    const { text } = this;
    const end = text[at + 1] === "\\" ? text.indexOf("'", at + 3) : text.indexOf("'", at + 1);
    if (end > at && end - at <= (text[at + 1] === "\\" ? 12 : 3)) this.skip(end + 1, "0");
    else this.at++;
  }
}
