import { StringDecoder } from "node:string_decoder";

/** A program can print without end; more than this is not kept. */
export const mostBytes = 1024 * 1024;

/** The beginning of what a program printed on one of its streams. */
class Capture {
  truncated = false;
  private readonly pieces: Buffer[] = [];
  private bytes = 0;

  push(piece: Buffer): void {
    const kept = piece.subarray(0, mostBytes - this.bytes);
    this.truncated ||= kept.length < piece.length;
    this.bytes += kept.length;
    if (kept.length > 0) this.pieces.push(kept);
  }

  /** A character that was cut in two at the end is left out. */
  text(): string {
    const decoder = new StringDecoder("utf8");
    const text = this.pieces.map((piece) => decoder.write(piece)).join("");
    return this.truncated ? text : text + decoder.end();
  }
}

const headerBytes = 8;
const stderrKind = 2;

/**
 * Takes apart what a container prints: frames of a kind (1 stdout, 2 stderr), a length, and so many bytes. docker-modem's
 * own way goes a level deeper for each frame and copies the rest for each; a talkative program overflows its stack.
 */
export class ContainerOutput {
  readonly stdout = new Capture();
  readonly stderr = new Capture();
  private header = Buffer.alloc(0);
  private kind = 0;
  private missing = 0;

  push(chunk: Buffer): void {
    for (let at = 0; at < chunk.length; ) at += this.missing > 0 ? this.body(chunk, at) : this.head(chunk, at);
  }

  private head(chunk: Buffer, at: number): number {
    const taken = chunk.subarray(at, at + headerBytes - this.header.length);
    this.header = Buffer.concat([this.header, taken]);
    if (this.header.length === headerBytes) {
      this.kind = this.header.readUInt8(0);
      this.missing = this.header.readUInt32BE(4);
      this.header = Buffer.alloc(0);
    }
    return taken.length;
  }

  private body(chunk: Buffer, at: number): number {
    const taken = chunk.subarray(at, at + this.missing);
    this.missing -= taken.length;
    (this.kind === stderrKind ? this.stderr : this.stdout).push(taken);
    return taken.length;
  }
}
