/** Programs and libraries for tests: headers as linkers write them, and no code. */
export interface Elf {
  readonly bits?: 32 | 64;
  readonly order?: "LE" | "BE";
  /** 62 is amd64. */
  readonly machine?: number;
  /** 2 a program at a fixed address, 3 a shared object, 1 what a compiler leaves. */
  readonly kind?: number;
  readonly interpreter?: string;
  /** What it needs; nothing dynamic is in it where this is left out. */
  readonly needed?: readonly string[];
  readonly rpath?: string;
  readonly runpath?: string;
  /** So many bytes stand between the headers and the names, and between those and the table that tells of them. */
  readonly apart?: number;
  /** The names stand behind the table, as patchelf leaves them. */
  readonly namesLast?: boolean;
}

const ADDRESS = 0x400000;

/** The bytes of a file in ELF. */
export function elf({ bits = 64, order = "LE", machine = 62, kind = 3, apart = 0, ...rest }: Elf = {}): Buffer {
  const wide = bits === 64;
  const number = (bytes: Buffer, at: number, size: 2 | 4 | 8, value: number) => {
    if (size === 2) bytes[`writeUInt16${order}`](value, at);
    else if (size === 4) bytes[`writeUInt32${order}`](value, at);
    else bytes[`writeBigUInt64${order}`](BigInt(value), at);
  };
  const word = wide ? 8 : 4;
  const { interpreter, needed, rpath, runpath, namesLast = false } = rest;
  const names = ["", ...(needed ?? []), ...[rpath, runpath].flatMap((each) => each ?? [])];
  const strings = Buffer.from(`${names.join("\0")}\0`, "latin1");
  const offset = (name: string) => strings.indexOf(`\0${name}\0`, 0, "latin1") + 1;
  const [headerBytes, each] = wide ? [64, 56] : [52, 32];
  const path = Buffer.from(`${interpreter ?? ""}\0`, "latin1");
  const begin = headerBytes + 3 * each + path.length + apart;
  const tags = (at: number): [number, number][] => [
    ...(needed ?? []).map((name): [number, number] => [1, offset(name)]),
    ...(rpath === undefined ? [] : [[15, offset(rpath)] as [number, number]]),
    ...(runpath === undefined ? [] : [[29, offset(runpath)] as [number, number]]),
    [5, ADDRESS + at],
    [10, strings.length],
    [0, 0],
  ];
  const tableBytes = tags(0).length * 2 * word;
  const [namesAt, tableAt] = namesLast ? [begin + tableBytes + apart, begin] : [begin, begin + strings.length + apart];
  const table = Buffer.alloc(tableBytes);
  for (const [index, [tag, value]] of tags(namesAt).entries()) {
    number(table, index * 2 * word, word, tag);
    number(table, index * 2 * word + word, word, value);
  }
  const size = Math.max(namesAt + strings.length, tableAt + tableBytes);
  const file = Buffer.alloc(size);
  file.write("\x7fELF", 0, "latin1");
  file.set([wide ? 2 : 1, order === "LE" ? 1 : 2, 1], 4);
  number(file, 16, 2, kind);
  number(file, 18, 2, machine);
  number(file, wide ? 32 : 28, word, headerBytes);
  number(file, wide ? 54 : 42, 2, each);
  number(file, wide ? 56 : 44, 2, 3);
  const header = (index: number, type: number, at: number, length: number) => {
    const start = headerBytes + index * each;
    const [offsetAt, addressAt, lengthAt] = wide ? [8, 16, 32] : [4, 8, 16];
    number(file, start, 4, type);
    number(file, start + offsetAt, word, at);
    number(file, start + addressAt, word, ADDRESS + at);
    number(file, start + lengthAt, word, length);
  };
  header(0, 1, 0, size);
  if (interpreter !== undefined) header(1, 3, headerBytes + 3 * each, path.length);
  if (needed) header(2, 2, tableAt, tableBytes);
  file.set(path, headerBytes + 3 * each);
  file.set(strings, namesAt);
  file.set(table, tableAt);
  return file;
}
