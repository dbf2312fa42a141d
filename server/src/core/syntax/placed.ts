import { emptyMemory } from "../text/remembered";
import type { Span } from "../text/span";
import type { Flag, Heredoc, Instruction, Passage, Reading, Token } from "./instruction";
import type { LogicalLine } from "./logical";

/** A reading that stands so many characters behind the place where it was read. */
export function placed(reading: Reading, by: number): Instruction {
  return new PlacedInstruction(reading, by);
}

/** The same passage, so many characters further on. */
export function moved({ start, end, instruction, comments, problems }: Passage, by: number): Passage {
  return {
    start: start + by,
    end: end + by,
    instruction:
      instruction &&
      placed(instruction.reading, instruction.keywordSpan.start - instruction.reading.keywordSpan.start + by),
    comments: comments.length === 0 ? comments : comments.map((span) => behind(span, by)),
    problems:
      problems.length === 0 ? problems : problems.map(({ span, message }) => ({ span: behind(span, by), message })),
  };
}

/** A span so many characters further on. */
export function behind({ start, end }: Span, by: number): Span {
  return { start: start + by, end: end + by };
}

/** What the reading tells is there at once; places are made when somebody asks for them. */
class PlacedInstruction implements Instruction {
  readonly keyword: string;
  readonly body: string;
  private ownMemory: unknown[] | undefined;
  private ownLine: LogicalLine | undefined;
  private ownFlags: readonly Flag[] | undefined;
  private ownJson: readonly Token[] | undefined;
  private ownNested: Instruction | undefined;

  constructor(
    readonly reading: Reading,
    private readonly by: number,
  ) {
    this.keyword = reading.keyword;
    this.body = reading.body;
  }

  get memory(): unknown[] {
    this.ownMemory ??= emptyMemory();
    return this.ownMemory;
  }

  get written(): string {
    return this.reading.written;
  }

  get bodyAt(): number {
    return this.reading.bodyAt;
  }

  get escape(): Reading["escape"] {
    return this.reading.escape;
  }

  get oversized(): boolean {
    return this.reading.oversized;
  }

  get keywordSpan(): Span {
    return behind(this.reading.keywordSpan, this.by);
  }

  get span(): Span {
    return behind(this.reading.span, this.by);
  }

  get line(): LogicalLine {
    this.ownLine ??= this.by === 0 ? this.reading.line : this.reading.line.moved(this.by);
    return this.ownLine;
  }

  get flags(): readonly Flag[] {
    this.ownFlags ??= this.all(this.reading.flags);
    return this.ownFlags;
  }

  get json(): readonly Token[] | undefined {
    const { json } = this.reading;
    if (json) this.ownJson ??= this.all(json);
    return this.ownJson;
  }

  get heredocs(): readonly Heredoc[] {
    const { heredocs } = this.reading;
    if (heredocs.length === 0) return heredocs;
    return heredocs.map((heredoc) => ({ ...heredoc, body: behind(heredoc.body, this.by) }));
  }

  get nested(): Instruction | undefined {
    const { nested } = this.reading;
    if (nested) this.ownNested ??= placed(nested, this.by);
    return this.ownNested;
  }

  private all<T extends { readonly span: Span }>(pieces: readonly T[]): readonly T[] {
    if (this.by === 0 || pieces.length === 0) return pieces;
    return pieces.map((piece) => ({ ...piece, span: behind(piece.span, this.by) }));
  }
}
