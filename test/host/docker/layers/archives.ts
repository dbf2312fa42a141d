/** Archives for tests: made by tar-stream, or, where it cannot make what is out there, header by header. */
import { pack } from "tar-stream";

/** An entry; a file where it has text and nothing else is said. */
export interface Item {
  readonly name: string;
  readonly text?: string | Buffer;
  readonly type?: "file" | "link" | "symlink" | "directory" | "fifo" | "character-device";
  readonly mode?: number;
  readonly linkname?: string;
}

/** An archive of these entries, ended as it should be. */
export async function archive(...items: readonly Item[]): Promise<Buffer> {
  const packing = pack();
  for (const { name, text = "", type = "file", ...rest } of items) packing.entry({ name, type, ...rest }, text);
  packing.finalize();
  const pieces: Buffer[] = [];
  for await (const piece of packing) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}

/** A header as other programs write it, with what follows it: `size` and `type` as given, and bytes at places of its own. */
export function rawEntry(
  name: string,
  { type = "0", size = 0, content = "", at = {} as Readonly<Record<number, string>> } = {},
): Buffer {
  const header = Buffer.alloc(512);
  header.write(name, 0, "latin1");
  header.write("0000644\0", 100);
  header.write(`${size.toString(8).padStart(11, "0")}\0`, 124);
  header.write(" ".repeat(8), 148);
  header.write(type, 156);
  header.write("ustar  \0", 257);
  for (const [place, text] of Object.entries(at)) header.write(text, Number(place), "latin1");
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  const body = Buffer.from(content, "latin1");
  return Buffer.concat([header, body, Buffer.alloc((512 - (body.length % 512)) % 512)]);
}

export const END = Buffer.alloc(1024);
