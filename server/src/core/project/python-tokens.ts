/** A piece of Python that is no space and no comment (docs.python.org, Lexical analysis). */
export interface PythonToken {
  readonly kind: "name" | "string" | "number" | "operator" | "line";
  /** Of a string its value, as far as that is written; of the end of a logical line "". */
  readonly text: string;
  /** A string has parts that are computed: `f"{x}"`. */
  readonly computed: boolean;
}

/** A longer file was written by no person. Characters. */
const MAX_SOURCE = 512 * 1024;

/** The pieces of a source in one pass from left to right; none of what is too long. Never throws. */
export function tokensOf(source: string): readonly PythonToken[] {
  if (source.length > MAX_SOURCE) return [];
  return new Scanner(source).scan();
}

const NAME_START = /[\p{L}_]/u;
const NAME = /[\p{L}\p{N}_]/u;
const STRING_PREFIX = /^(?:[rbuft]|[rb][fbrt]|[ft]r)$/i;

class Scanner {
  private at = 0;
  private depth = 0;
  private readonly tokens: PythonToken[] = [];

  constructor(private readonly source: string) {}

  scan(): readonly PythonToken[] {
    while (this.at < this.source.length) this.step();
    this.endLine();
    return this.tokens;
  }

  private step(): void {
    const ch = this.source[this.at] as string;
    if (ch === "\n") {
      this.at++;
      if (this.depth === 0) this.endLine();
    } else if (ch === "\\") this.at += 2;
    else if (ch === "#") this.skipComment();
    else if (ch === '"' || ch === "'") this.string("");
    else if (NAME_START.test(ch)) this.name();
    else if (ch >= "0" && ch <= "9") this.push("number", this.take(/[\w.]/));
    else {
      this.at++;
      if (" \t\r\f\uFEFF".includes(ch)) return;
      if ("([{".includes(ch)) this.depth++;
      else if (")]}".includes(ch)) this.depth = Math.max(0, this.depth - 1);
      this.push("operator", ch);
    }
  }

  private name(): void {
    const text = this.take(NAME);
    const next = this.source[this.at];
    if ((next === '"' || next === "'") && STRING_PREFIX.test(text)) this.string(text.toLowerCase());
    else this.push("name", text);
  }

  private take(kind: RegExp): string {
    const start = this.at;
    while (this.at < this.source.length && kind.test(this.source[this.at] as string)) this.at++;
    return this.source.slice(start, this.at);
  }

  private string(prefix: string): void {
    const quote = this.source[this.at] as string;
    const long = this.source.startsWith(quote.repeat(3), this.at);
    const end = long ? quote.repeat(3) : quote;
    this.at += end.length;
    const start = this.at;
    while (this.at < this.source.length && !this.source.startsWith(end, this.at)) {
      const ch = this.source[this.at];
      // A short string that does not end on its line is an error of the author's.
      if (ch === "\n" && !long) break;
      this.at += ch === "\\" ? 2 : 1;
    }
    const text = this.source.slice(start, Math.min(this.at, this.source.length));
    if (this.source.startsWith(end, this.at)) this.at += end.length;
    const computed = /[ft]/.test(prefix) && text.includes("{");
    this.push("string", text, computed || (text.includes("\\") && !prefix.includes("r")));
  }

  private skipComment(): void {
    const end = this.source.indexOf("\n", this.at);
    this.at = end < 0 ? this.source.length : end;
  }

  private endLine(): void {
    if (this.tokens.length > 0 && this.tokens.at(-1)?.kind !== "line") this.push("line", "");
  }

  private push(kind: PythonToken["kind"], text: string, computed = false): void {
    this.tokens.push({ kind, text, computed });
  }
}
