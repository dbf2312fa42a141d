/** What the loader reads of a program or a library (ELF's gABI; `man 5 elf`). Paths and names are bytes as latin1. */
export interface ElfFacts {
  /** ELF's number of the processor: 62 is amd64, 183 arm64. */
  readonly machine: number;
  readonly bits: 32 | 64;
  /** The loader that a program names (PT_INTERP). */
  readonly interpreter?: string;
  /** The libraries that it asks for (DT_NEEDED). */
  readonly needed: readonly string[];
  /** Folders that it names for its libraries, with `:` between them. */
  readonly rpath?: string;
  readonly runpath?: string;
}

/** A part of a file: so many bytes from there on. */
export interface Range {
  readonly at: number;
  readonly length: number;
}

/** Reads a file by asking for parts of it; each `yield` gives the bytes that were asked for. */
export type RangeReader<T> = Generator<Range, T, Buffer>;

/** What is larger is no honest program. */
const most = { headers: 512, path: 4_096, dynamic: 64 * 1024, needed: 512, name: 1_024 } as const;
const LOAD = 1;
const DYNAMIC = 2;
const INTERPRETER = 3;
const tags = { needed: 1, strings: 5, stringBytes: 10, rpath: 15, runpath: 29 } as const;

/** Whether a file begins as programs and libraries do. */
export function isElf(first: Buffer): boolean {
  return first.length >= 4 && first.readUInt32BE(0) === 0x7f454c46;
}

/** Reads a program or a library of `size` bytes; undefined where it is neither, or damaged. */
export function* readElf(size: number): RangeReader<ElfFacts | undefined> {
  if (size < 52) return undefined;
  const start = yield { at: 0, length: Math.min(64, size) };
  const fields = fieldsOf(start);
  if (!fields || !isElf(start) || (fields.bits === 64 && start.length < 64)) return undefined;
  const { bits } = fields;
  const machine = fields.half(start, 18);
  const kind = fields.half(start, 16);
  // A program or a shared object; others are for compilers and debuggers.
  if (kind !== 2 && kind !== 3) return undefined;
  const headers = yield* table(start, fields, size);
  if (!headers) return undefined;
  const facts = { machine, bits };
  const named = headers.find(({ type }) => type === INTERPRETER);
  const interpreter = named && text(yield part(named, most.path, size));
  const dynamic = headers.find(({ type }) => type === DYNAMIC);
  const program = { ...facts, ...(interpreter && { interpreter }) };
  if (!dynamic) return { ...program, needed: [] };
  const entries = entriesOf(yield part(dynamic, most.dynamic, size), fields);
  const strings = offsetOf(entries.find(([tag]) => tag === tags.strings)?.[1], headers);
  if (strings === undefined) return { ...program, needed: [] };
  const bytes = entries.find(([tag]) => tag === tags.stringBytes)?.[1] ?? size;
  const end = Math.min(strings + bytes, size);
  const wanted = entries.filter(([tag]) => tag === tags.needed || tag === tags.rpath || tag === tags.runpath);
  if (wanted.length > most.needed) return undefined;
  const needed: string[] = [];
  const folders: { rpath?: string; runpath?: string } = {};
  for (const [tag, offset] of wanted.sort(([, a], [, b]) => a - b)) {
    const at = strings + offset;
    if (at >= end) return undefined;
    const value = text(yield { at, length: Math.min(most.name, end - at) });
    if (tag === tags.needed) needed.push(value);
    else folders[tag === tags.rpath ? "rpath" : "runpath"] = value;
  }
  return { ...program, needed, ...folders };
}

interface Header {
  readonly type: number;
  readonly offset: number;
  readonly address: number;
  readonly bytes: number;
}

function* table(start: Buffer, fields: Fields, size: number): RangeReader<readonly Header[] | undefined> {
  const wide = fields.bits === 64;
  const at = wide ? fields.word(start, 32) : fields.word(start, 28);
  const each = fields.half(start, wide ? 54 : 42);
  const count = fields.half(start, wide ? 56 : 44);
  if (each < (wide ? 56 : 32) || count > most.headers || at + each * count > size) return undefined;
  if (count === 0) return [];
  const bytes = yield { at, length: each * count };
  return Array.from({ length: count }, (_, index) => {
    const header = bytes.subarray(index * each, (index + 1) * each);
    const place = wide ? [8, 16, 32] : [4, 8, 16];
    const [offset = 0, address = 0, length = 0] = place.map((field) => fields.word(header, field));
    return { type: fields.int(header, 0), offset, address, bytes: length };
  });
}

function part({ offset, bytes }: Header, longest: number, size: number): Range {
  return { at: offset, length: Math.max(0, Math.min(bytes, longest, size - offset)) };
}

function entriesOf(bytes: Buffer, { bits, word }: Fields): [tag: number, value: number][] {
  const wide = bits / 8;
  const found: [number, number][] = [];
  for (let at = 0; at + 2 * wide <= bytes.length; at += 2 * wide) {
    const tag = word(bytes, at);
    if (tag === 0) break;
    found.push([tag, word(bytes, at + wide)]);
  }
  return found;
}

/** Where in the file an address of the running program is. */
function offsetOf(address: number | undefined, headers: readonly Header[]): number | undefined {
  if (address === undefined) return undefined;
  const at = headers.find(
    (header) => header.type === LOAD && header.address <= address && address < header.address + header.bytes,
  );
  return at && at.offset + address - at.address;
}

function text(bytes: Buffer): string {
  const end = bytes.indexOf(0);
  return bytes.toString("latin1", 0, end < 0 ? bytes.length : end);
}

/** Numbers as this file has them: of its word size and in its order of bytes. */
interface Fields {
  readonly bits: 32 | 64;
  readonly half: (bytes: Buffer, at: number) => number;
  readonly int: (bytes: Buffer, at: number) => number;
  /** An address or a size. What is beyond all files comes out too large to be found in one. */
  readonly word: (bytes: Buffer, at: number) => number;
}

function fieldsOf(start: Buffer): Fields | undefined {
  const [size, order] = [start.readUInt8(4), start.readUInt8(5)];
  if ((size !== 1 && size !== 2) || (order !== 1 && order !== 2)) return undefined;
  const little = order === 1;
  const half = (bytes: Buffer, at: number) => (little ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at));
  const int = (bytes: Buffer, at: number) => (little ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at));
  const long = (bytes: Buffer, at: number) => Number(little ? bytes.readBigUInt64LE(at) : bytes.readBigUInt64BE(at));
  return size === 1 ? { bits: 32, half, int, word: int } : { bits: 64, half, int, word: long };
}
