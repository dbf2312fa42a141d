import type { Span } from "../text/span";

/**
 * An instruction's line as BuildKit reads it: continuations joined, comments and blank lines in between left out, no white
 * space at its end.
 * It remembers where each piece stands in the file, so that a span of it leads back to the author's text.
 */
export class LogicalLine {
  private constructor(
    readonly text: string,
    /** Where pieces begin, in this line and in the file; pairs, ascending. */
    private readonly pieces: readonly { readonly at: number; readonly source: number }[],
    /** How far behind those places it stands by now. */
    private readonly offset: number,
  ) {}

  static of(text: string, pieces: readonly { readonly text: string; readonly source: number }[]): LogicalLine {
    let at = 0;
    const starts = pieces.map((piece) => {
      const start = { at, source: piece.source };
      at += piece.text.length;
      return start;
    });
    return new LogicalLine(text, starts, 0);
  }

  /** The same line, so many characters further on in its file. */
  moved(by: number): LogicalLine {
    return new LogicalLine(this.text, this.pieces, this.offset + by);
  }

  /** Where its first physical line begins in the file, behind blanks. */
  get start(): number {
    return (this.pieces[0]?.source ?? 0) + this.offset;
  }

  /** The offset in the file of the character at an offset of this line. */
  sourceOffset(offset: number): number {
    let low = 0;
    let high = this.pieces.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.pieces[middle]?.at ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    const piece = this.pieces[low];
    return piece ? piece.source + this.offset + offset - piece.at : offset;
  }

  /** The span in the file; it includes continuations that lie inside. */
  sourceSpan(start: number, end: number): Span {
    if (end <= start) {
      const at = this.sourceOffset(start);
      return { start: at, end: at };
    }
    return { start: this.sourceOffset(start), end: this.sourceOffset(end - 1) + 1 };
  }
}
