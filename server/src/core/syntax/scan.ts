import { type Span, span } from "../text/span";
import { skipSpace, trimmedEnd } from "./chars";
import { readDirective } from "./directives";
import type { HeredocHead } from "./heredoc";
import type { Directive, Instruction, Passage, Problem, Reading, Syntax } from "./instruction";
import { LogicalLine } from "./logical";
import { placed } from "./placed";
import { type HeredocBodies, readInstruction } from "./read-instruction";
import { type Shared, sharedWith } from "./shared";

/** BuildKit's scanner reads 64 KiB at once: a physical line and its line feed have to fit in. */
const MAX_LINE = 65_536;
/** A file with more was written by no person, and a program's is not judged: an answer takes no second. */
export const MAX_INSTRUCTIONS = 20_000;

/**
 * Splits a Dockerfile into directives, comments and instructions by BuildKit's rules
 * (moby/buildkit frontend/dockerfile/parser/parser.go). Linear in the text; never throws. What stands in the version
 * `before` too is not read again.
 */
export function scan(text: string, before?: Syntax): Syntax {
  return new Scanner(text, before && sharedWith(before, text)).run();
}

interface PhysicalLine {
  readonly start: number;
  /** Without the line ending. */
  readonly end: number;
  readonly next: number;
}

const NONE: readonly never[] = [];
/** A file that is not read has nothing in it. */
const NOTHING = { directives: NONE, comments: NONE, instructions: NONE, problems: NONE, passages: NONE, isRead: false };

class Scanner {
  private at = 0;
  private escape: "\\" | "`" = "\\";
  private readonly directives: Directive[] = [];
  /** Of the directives, until the passages begin; then of the passage that is being read. */
  private problems: Problem[] = [];

  constructor(
    private readonly text: string,
    private readonly shared: Shared | undefined,
  ) {}

  run(): Syntax {
    if (this.text.charCodeAt(0) === 0xfeff) this.at = 1;
    this.readDirectives();
    const ofDirectives = this.problems;
    const passages = this.readPassages();
    const comments: Span[] = [];
    const instructions: Instruction[] = [];
    const problems = [...ofDirectives];
    for (const each of passages) {
      if (each.instruction) instructions.push(each.instruction);
      for (const comment of each.comments) comments.push(comment);
      for (const problem of each.problems) problems.push(problem);
    }
    const { text, escape, directives } = this;
    if (instructions.length > MAX_INSTRUCTIONS) return { ...NOTHING, text, escape };
    if (instructions.length === 0) problems.push({ span: span(0, 0), message: "file with no instructions" });
    return { text, escape, directives, comments, instructions, problems, passages, isRead: true };
  }

  /** Those before a change are what they were; those behind it too, from the first that begins where one did before. */
  private readPassages(): readonly Passage[] {
    const { shared } = this;
    // Where the first passage is the same, the directives are.
    const passages: Passage[] = shared ? [...shared.first] : [];
    this.at = passages.at(-1)?.end ?? this.at;
    let left = MAX_INSTRUCTIONS - passages.reduce((sum, { instruction }) => sum + (instruction ? 1 : 0), 0);
    while (this.at < this.text.length && left >= 0) {
      const rest = shared?.lastFrom(this.at);
      if (rest) return passages.concat(rest);
      const passage = this.readPassage();
      passages.push(passage);
      if (passage.instruction) left--;
    }
    return passages;
  }

  /** `# name=value` lines at the very top; the first other line ends them. */
  private readDirectives(): void {
    while (this.at < this.text.length) {
      const { start, end, next } = this.physicalLine();
      const first = skipSpace(this.text, start, end);
      const directive = readDirective(this.text.slice(first, end));
      if (!directive) return;
      this.acceptDirective({ ...directive, span: span(first, end) });
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

  private physicalLine(): PhysicalLine {
    const start = this.at;
    const newline = this.text.indexOf("\n", start);
    const next = newline < 0 ? this.text.length : newline + 1;
    let end = newline < 0 ? next : newline;
    while (end > start && this.text[end - 1] === "\r") end--;
    return { start, end, next };
  }

  private readPassage(): Passage {
    const start = this.at;
    const comments: Span[] = [];
    this.problems = [];
    const reading = this.readLines(comments);
    const { at: end, problems } = this;
    return {
      start,
      end,
      instruction: reading && placed(reading, 0),
      comments: comments.length > 0 ? comments : NONE,
      problems: problems.length > 0 ? problems : NONE,
    };
  }

  /** Comments up to the next instruction or blank line, and that instruction. */
  private readLines(comments: Span[]): Reading | undefined {
    const pieces: { text: string; source: number }[] = [];
    let end = this.at;
    let oversized = false;
    while (this.at < this.text.length) {
      const line = this.physicalLine();
      this.at = line.next;
      oversized = this.checkLength(line) || oversized;
      const continued = pieces.length > 0;
      // What an open continuation swallows up to the end of the file is part of its instruction.
      end = line.end;
      const first = skipSpace(this.text, line.start, line.end);
      if (this.text[first] === "#" && first < line.end) {
        comments.push(span(first, line.end));
        continue;
      }
      if (first === line.end) {
        if (continued) continue;
        return undefined;
      }
      const from = continued ? line.start : first;
      const stop = this.continuation(from, line.end);
      pieces.push({ text: this.slice(from, stop ?? line.end), source: from });
      if (stop === undefined) break;
    }
    if (pieces.length === 0) return undefined;
    const joined = pieces.length === 1 ? (pieces[0]?.text ?? "") : pieces.map((piece) => piece.text).join("");
    const text = joined.slice(0, trimmedEnd(joined));
    const line = LogicalLine.of(text, pieces);
    const isLong = oversized || text.length > MAX_LINE;
    const bodies = (heads: readonly HeredocHead[]) => this.readHeredocs(heads, line);
    const { escape, problems } = this;
    return readInstruction({ line, end, escape, oversized: isLong, bodies, problems });
  }

  /** A part of the text; of one that shares its passages with others a copy, which does not keep the whole version in memory. */
  private slice(start: number, end: number): string {
    const part = this.text.slice(start, end);
    return this.shared ? part.split("").join("") : part;
  }

  /** Where the text before a continuation ends, or undefined where the line is the last of its instruction. */
  private continuation(from: number, end: number): number | undefined {
    let last = end - 1;
    while (last >= from && (this.text[last] === " " || this.text[last] === "\t")) last--;
    if (last < from || this.text[last] !== this.escape) return undefined;
    return last === from || this.text[last - 1] !== this.escape ? last : undefined;
  }

  private checkLength({ start, end, next }: PhysicalLine): boolean {
    if (next - start <= MAX_LINE / 3) return false;
    const hasEnding = this.text[next - 1] === "\n";
    if (utf8Length(this.text, start, next) <= (hasEnding ? MAX_LINE : MAX_LINE - 1)) return false;
    this.problems.push({
      span: span(start, end),
      message: `dockerfile line greater than max allowed size of ${MAX_LINE - 1}`,
    });
    return true;
  }

  private readHeredocs(heads: readonly HeredocHead[], line: LogicalLine): HeredocBodies {
    let end = this.at;
    const heredocs = heads.map((head) => {
      const start = this.at;
      const terminator = this.findTerminator(head);
      end = terminator?.end ?? this.text.length;
      if (!terminator)
        this.problems.push({ span: line.sourceSpan(0, line.text.length), message: "unterminated heredoc" });
      const body = span(start, terminator?.start ?? this.text.length);
      return { ...head, body, text: this.slice(body.start, body.end) };
    });
    return { heredocs, end };
  }

  /** The line that ends a heredoc; the cursor stands behind it, or at the end of the file. */
  private findTerminator({ name, chomp }: HeredocHead): PhysicalLine | undefined {
    while (this.at < this.text.length) {
      const line = this.physicalLine();
      this.at = line.next;
      let { start } = line;
      while (chomp && start < line.end && this.text[start] === "\t") start++;
      if (line.end - start === name.length && this.text.startsWith(name, start)) return line;
    }
    return undefined;
  }
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
