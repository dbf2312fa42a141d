import { type Span, span } from "../text/span";
import { isSpace, readFlags, skipSpace } from "./flags";
import { heredocHeads } from "./heredoc";
import type { Directive, Heredoc, Instruction, Problem, Syntax } from "./instruction";
import { readJsonForm } from "./json-form";
import { LogicalLine } from "./logical";

/** BuildKit's scanner refuses a physical line of 64 KiB or more, its ending included. */
const MAX_LINE = 65_535;
const DIRECTIVES = new Set(["syntax", "escape", "check"]);
const HEREDOC_KEYWORDS = new Set(["RUN", "COPY", "ADD"]);
const JSON_KEYWORDS = new Set(["RUN", "CMD", "ENTRYPOINT", "SHELL", "COPY", "ADD", "VOLUME"]);

/**
 * Splits a Dockerfile into directives, comments and instructions by BuildKit's rules
 * (moby/buildkit frontend/dockerfile/parser/parser.go). Linear in the text; never throws.
 */
export function scan(text: string): Syntax {
  return new Scanner(text).run();
}

class Scanner {
  private at = 0;
  private escape: "\\" | "`" = "\\";
  private readonly directives: Directive[] = [];
  private readonly comments: Span[] = [];
  private readonly instructions: Instruction[] = [];
  private readonly problems: Problem[] = [];

  constructor(private readonly text: string) {}

  run(): Syntax {
    if (this.text.charCodeAt(0) === 0xfeff) this.at = 1;
    this.readDirectives();
    while (this.at < this.text.length) this.readInstruction();
    if (this.instructions.length === 0) {
      this.problems.push({ span: span(0, 0), message: "file with no instructions" });
    }
    const { text, escape, directives, comments, instructions, problems } = this;
    return { text, escape, directives, comments, instructions, problems };
  }

  /** `# name=value` lines at the very top; the first other line ends them. */
  private readDirectives(): void {
    while (this.at < this.text.length) {
      const { start, end, next } = this.physicalLine();
      const first = skipSpace(this.text.slice(0, end), start);
      const match =
        this.text[first] === "#"
          ? /^#\s*([a-zA-Z][a-zA-Z0-9]*)\s*=\s*(\S.*)$/.exec(this.text.slice(first, Math.min(end, first + 1024)))
          : null;
      const name = match?.[1]?.toLowerCase();
      if (!match || !name || !DIRECTIVES.has(name)) return;
      const directive = { name, value: (match[2] ?? "").trimEnd(), span: span(first, end) };
      this.acceptDirective(directive);
      this.at = next;
    }
  }

  private acceptDirective(directive: Directive): void {
    if (this.directives.some((known) => known.name === directive.name)) {
      this.problems.push({ span: directive.span, message: `only one ${directive.name} parser directive can be used` });
    } else if (directive.name === "escape" && directive.value !== "\\" && directive.value !== "`") {
      this.problems.push({
        span: directive.span,
        message: `invalid escape token '${directive.value}' does not match \` or \\`,
      });
    } else if (directive.name === "escape") {
      this.escape = directive.value as "\\" | "`";
    }
    this.directives.push(directive);
  }

  /** The physical line at the cursor: its text without line ending, and where the next begins. */
  private physicalLine(): { start: number; end: number; next: number } {
    const start = this.at;
    const newline = this.text.indexOf("\n", start);
    const next = newline < 0 ? this.text.length : newline + 1;
    let end = newline < 0 ? next : newline;
    while (end > start && this.text[end - 1] === "\r") end--;
    return { start, end, next };
  }

  /** Blank lines and comments up to the next instruction, and that instruction. */
  private readInstruction(): void {
    const pieces: { text: string; source: number }[] = [];
    let end = this.at;
    let continued = false;
    let oversized = false;
    while (this.at < this.text.length) {
      const line = this.physicalLine();
      this.at = line.next;
      oversized = this.checkLength(line) || oversized;
      const first = this.skipSpace(line.start, line.end);
      if (this.text[first] === "#" && first < line.end) {
        this.comments.push(span(first, line.end));
        continue;
      }
      if (first === line.end) {
        if (continued) continue;
        return;
      }
      const from = continued ? line.start : first;
      const stop = this.continuation(from, line.end);
      pieces.push({ text: this.text.slice(from, stop ?? line.end), source: from });
      end = line.end;
      if (stop === undefined) break;
      continued = true;
    }
    const text = pieces.length === 1 ? (pieces[0]?.text ?? "") : pieces.map((piece) => piece.text).join("");
    if (text.trim() === "") return;
    this.finish(LogicalLine.of(text, pieces), end, oversized || text.length > MAX_LINE);
  }

  private skipSpace(from: number, end: number): number {
    let at = from;
    while (at < end && isSpace(this.text.charCodeAt(at))) at++;
    return at;
  }

  /** Where the text before a continuation ends, or undefined where the line is the last of its instruction. */
  private continuation(from: number, end: number): number | undefined {
    let last = end - 1;
    while (last >= from && (this.text[last] === " " || this.text[last] === "\t")) last--;
    if (last < from || this.text[last] !== this.escape) return undefined;
    return last === from || this.text[last - 1] !== this.escape ? last : undefined;
  }

  private checkLength(line: { start: number; end: number; next: number }): boolean {
    if (line.next - line.start <= MAX_LINE / 3) return false;
    if (utf8Length(this.text, line.start, line.next) <= MAX_LINE) return false;
    this.problems.push({
      span: span(line.start, line.end),
      message: `dockerfile line greater than max allowed size of ${MAX_LINE}`,
    });
    return true;
  }

  private finish(line: LogicalLine, end: number, oversized: boolean): void {
    const keywordStart = skipSpace(line.text, 0);
    const keywordEnd = wordEnd(line.text, keywordStart);
    const keyword = line.text.slice(keywordStart, keywordEnd).toUpperCase();
    const { flags, rest } = oversized
      ? { flags: [], rest: skipSpace(line.text, keywordEnd) }
      : readFlags(line, keywordEnd, this.escape);
    const json = !oversized && JSON_KEYWORDS.has(keyword) ? readJsonForm(line, rest) : { kind: "none" as const };
    if (json.kind === "not-strings") {
      this.problems.push({
        span: line.sourceSpan(rest, line.text.length),
        message: "when using JSON array syntax, arrays must be comprised of strings only",
      });
    }
    const heredocs = oversized || json.kind === "strings" ? [] : this.readHeredocs(keyword, line, rest);
    this.instructions.push({
      keyword,
      keywordSpan: line.sourceSpan(keywordStart, keywordEnd),
      span: span(line.sourceOffset(keywordStart), heredocs.at(-1)?.end ?? end),
      line,
      flags,
      body: line.text.slice(rest).trimEnd(),
      bodyAt: rest,
      json: json.kind === "strings" ? json.strings : undefined,
      heredocs: heredocs.map(({ heredoc }) => heredoc),
      escape: this.escape,
      oversized,
    });
  }

  private readHeredocs(keyword: string, line: LogicalLine, rest: number): { heredoc: Heredoc; end: number }[] {
    const inner = keyword === "ONBUILD" ? line.text.slice(rest, wordEnd(line.text, rest)).toUpperCase() : keyword;
    if (!HEREDOC_KEYWORDS.has(inner)) return [];
    return heredocHeads(line.text).map(({ name, expand, chomp }) => {
      const start = this.at;
      while (this.at < this.text.length) {
        const physical = this.physicalLine();
        this.at = physical.next;
        const candidate = this.text.slice(physical.start, physical.end);
        if ((chomp ? candidate.replace(/^\t+/, "") : candidate) === name) {
          return { heredoc: { name, expand, chomp, body: span(start, physical.start) }, end: physical.end };
        }
      }
      this.problems.push({ span: line.sourceSpan(0, line.text.length), message: "unterminated heredoc" });
      return { heredoc: { name, expand, chomp, body: span(start, this.text.length) }, end: this.text.length };
    });
  }
}

function wordEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && !isSpace(text.charCodeAt(at))) at++;
  return at;
}

/** Bytes of a part of the text in UTF-8. */
function utf8Length(text: string, start: number, end: number): number {
  let bytes = 0;
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    // A surrogate pair is four bytes, two for each half.
    bytes += code < 0x80 ? 1 : code < 0x800 || (code >= 0xd800 && code < 0xe000) ? 2 : 3;
  }
  return bytes;
}
