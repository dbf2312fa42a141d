import type { Range, RangeReader } from "./elf";
import type { Sink } from "./tar-reader";

/** So much of a file's beginning is kept while it is read: what is asked for lies there, or is yet to come. */
const kept = 32 * 1024 * 1024;
/** A part that is asked for is never longer. */
const longest = 64 * 1024;

/**
 * Hands a file that comes piece by piece to whoever asks for parts of it. `done` gets the answer, or undefined where a part
 * has gone by and was not kept, or does not exist.
 */
export class Gather<T> implements Sink {
  private readonly head: Buffer[] = [];
  private position = 0;
  private wanted: (Range & { readonly bytes: Buffer; filled: number }) | undefined;
  private over = false;

  constructor(
    private readonly reader: RangeReader<T | undefined>,
    private readonly done: (answer: T | undefined) => void,
  ) {
    this.next(reader.next());
  }

  write(piece: Buffer): void {
    if (this.over) return;
    const from = this.position;
    if (from < kept) this.head.push(piece.subarray(0, kept - from));
    this.fill(piece, from);
    this.position += piece.length;
  }

  end(): void {
    if (!this.over) this.finish(undefined);
  }

  /** Takes what is wanted of a piece that begins at `from`, as often as the same piece has more of it. */
  private fill(piece: Buffer, from: number): void {
    for (;;) {
      const { wanted } = this;
      if (!wanted || this.over) return;
      const at = wanted.at + wanted.filled;
      if (at < from || at >= from + piece.length) return;
      wanted.filled += piece.copy(wanted.bytes, wanted.filled, at - from);
      if (wanted.filled < wanted.length) return;
      this.next(this.reader.next(wanted.bytes));
    }
  }

  private next({ done, value }: IteratorResult<Range, T | undefined>): void {
    this.wanted = undefined;
    if (done) return this.finish(value as T | undefined);
    const { at, length } = value as Range;
    if (!(at >= 0 && length >= 0 && length <= longest)) return this.finish(undefined);
    const known = Math.min(this.position, kept);
    // What lies between the part that is kept and what is still to come has gone by.
    if (at < this.position && at + Math.min(length, this.position - at) > known) return this.finish(undefined);
    const bytes = Buffer.alloc(length);
    const filled = at < known ? this.copy(bytes, at) : 0;
    if (filled === length) return this.next(this.reader.next(bytes));
    this.wanted = { at, length, bytes, filled };
  }

  /** Copies what of the beginning belongs into `bytes`; gives how much that was. */
  private copy(bytes: Buffer, at: number): number {
    let [start, filled] = [0, 0];
    for (const piece of this.head) {
      const from = Math.max(at + filled - start, 0);
      if (from < piece.length && filled < bytes.length) filled += piece.copy(bytes, filled, from);
      start += piece.length;
    }
    return filled;
  }

  private finish(answer: T | undefined): void {
    this.over = true;
    this.head.length = 0;
    this.done(answer);
  }
}
