/** An entry of an archive. Names are bytes as latin1, without `./` before and `/` behind them: not all are UTF-8. */
export interface TarEntry {
  readonly name: string;
  readonly kind: "file" | "link" | "symlink" | "directory" | "other";
  /** Of a file: its length once unpacked. */
  readonly bytes: number;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Where a link leads, as it stands there. */
  readonly target: string;
}

/** Takes the content of an entry, piece by piece. */
export interface Sink {
  write(piece: Buffer): void | Promise<void>;
  end(): void | Promise<void>;
}

/** The archive is no archive, or cut short. */
export class TarError extends Error {
  override readonly name = "TarError";
}

const block = 512;
/** A name or a set of attributes that is longer is no honest one. */
const longest = 4 * 1024 * 1024;

/**
 * Takes an archive apart as it comes, in one pass and without keeping it: ustar, pax, GNU's long names and sparse files.
 * `onEntry` may hand back where the entry's content is to go. Other readers get sparse files wrong, and decode names.
 */
export class TarReader {
  private partial: Buffer = Buffer.alloc(0);
  private left = 0;
  private padding = 0;
  private sink: Sink | undefined;
  private zeros = 0;
  /** A sparse file's map goes on in the next block; what follows it is this entry's. */
  private sparse: { readonly entry: TarEntry; readonly stored: number } | undefined;
  private attributes: Record<string, string> = {};
  private global: Record<string, string> = {};

  constructor(private readonly onEntry: (entry: TarEntry) => Sink | undefined) {}

  /** Rejects with a TarError where it is no archive. */
  async push(chunk: Buffer): Promise<void> {
    for (let at = 0; at < chunk.length; ) {
      if (this.left > 0) at += await this.content(chunk.subarray(at, at + this.left));
      else if (this.padding > 0) at += this.skip(Math.min(this.padding, chunk.length - at));
      else if (this.zeros > 1) return;
      else {
        const piece = chunk.subarray(at, at + block - this.partial.length);
        at += piece.length;
        this.partial = this.partial.length === 0 ? piece : Buffer.concat([this.partial, piece]);
        if (this.partial.length < block) return;
        const whole = this.partial;
        this.partial = Buffer.alloc(0);
        await this.header(whole);
      }
    }
  }

  /** Throws a TarError where the archive was cut short. */
  end(): void {
    if (this.zeros < 2 && (this.left > 0 || this.partial.length > 0 || this.sparse !== undefined))
      throw new TarError("the archive ends too early");
  }

  private async content(piece: Buffer): Promise<number> {
    this.left -= piece.length;
    await this.sink?.write(piece);
    if (this.left === 0) await this.finish();
    return piece.length;
  }

  private skip(bytes: number): number {
    this.padding -= bytes;
    return bytes;
  }

  private async finish(): Promise<void> {
    const { sink } = this;
    this.sink = undefined;
    await sink?.end();
  }

  private async begin(bytes: number, sink: Sink | undefined): Promise<void> {
    this.left = bytes;
    this.padding = (block - (bytes % block)) % block;
    this.sink = sink;
    if (bytes === 0) await this.finish();
  }

  private async header(bytes: Buffer): Promise<void> {
    if (this.sparse) return this.sparseMap(bytes);
    if (isZero(bytes)) {
      this.zeros += 1;
      return;
    }
    this.zeros = 0;
    if (!checksumHolds(bytes)) throw new TarError("a header of the archive is damaged");
    const type = String.fromCharCode(bytes.readUInt8(156));
    const size = number(bytes, 124, 12);
    if (!(size >= 0)) throw new TarError("a header of the archive is damaged");
    if (type in longHeaders) return this.begin(size, this.collect(size, type as keyof typeof longHeaders));
    const { attributes } = this;
    this.attributes = {};
    const stored = headerOnly.has(type) ? 0 : Number(attributes.size ?? size);
    const entry = entryOf(bytes, type, attributes, stored);
    if (type === "S" && bytes.readUInt8(482) !== 0) this.sparse = { entry, stored };
    else await this.begin(stored, this.onEntry(entry));
  }

  private async sparseMap(bytes: Buffer): Promise<void> {
    if (bytes.readUInt8(504) !== 0 || !this.sparse) return;
    const { entry, stored } = this.sparse;
    this.sparse = undefined;
    await this.begin(stored, this.onEntry(entry));
  }

  private collect(size: number, type: keyof typeof longHeaders): Sink {
    if (size > longest) throw new TarError("a header of the archive is too long");
    const pieces: Buffer[] = [];
    return {
      write: (piece) => void pieces.push(piece),
      end: () => {
        const text = Buffer.concat(pieces).toString("latin1");
        if (type === "g") this.global = { ...this.global, ...pax(text) };
        else if (type === "x") this.attributes = { ...this.global, ...this.attributes, ...pax(text) };
        else this.attributes = { ...this.attributes, [longHeaders[type]]: text.replace(/\0.*$/s, "") };
      },
    };
  }
}

/** Entries that say something of the next one, with the attribute that it is. */
const longHeaders = { L: "path", K: "linkpath", x: "", g: "" } as const;
/** Links, devices, folders: whatever size they state, no content follows. */
const headerOnly = new Set(["1", "2", "3", "4", "5", "6"]);
const kinds: Readonly<Record<string, TarEntry["kind"]>> = {
  "\0": "file",
  "0": "file",
  "7": "file",
  S: "file",
  "1": "link",
  "2": "symlink",
  "5": "directory",
};

function entryOf(bytes: Buffer, type: string, pax: Readonly<Record<string, string>>, stored: number): TarEntry {
  const own = text(bytes, 0, 100);
  const prefix = text(bytes, 257, 6) === "ustar" ? text(bytes, 345, 155) : "";
  const name = pax["GNU.sparse.name"] ?? pax.path ?? (prefix ? `${prefix}/${own}` : own);
  const logical = pax["GNU.sparse.realsize"] ?? pax["GNU.sparse.size"];
  const kind = kinds[type] ?? "other";
  return {
    name: cleanName(name),
    kind: kind === "file" && name.endsWith("/") ? "directory" : kind,
    bytes: type === "S" ? number(bytes, 483, 12) : logical === undefined ? stored : Number(logical),
    mode: number(bytes, 100, 8),
    uid: Number(pax.uid ?? number(bytes, 108, 8)),
    gid: Number(pax.gid ?? number(bytes, 116, 8)),
    target: pax.linkpath ?? text(bytes, 157, 100),
  };
}

/** A path as the other entries name it. */
export function cleanName(name: string): string {
  return name
    .split("/")
    .filter((part) => part !== "" && part !== ".")
    .join("/");
}

function text(bytes: Buffer, at: number, most: number): string {
  const end = bytes.indexOf(0, at);
  return bytes.toString("latin1", at, end < 0 ? at + most : Math.min(end, at + most));
}

/** Octal digits, or, for what they cannot say, the number itself in base 256. */
function number(bytes: Buffer, at: number, length: number): number {
  if ((bytes.readUInt8(at) & 0x80) === 0) return Number.parseInt(text(bytes, at, length).trim() || "0", 8);
  return bytes.subarray(at + 1, at + length).reduce((sum, byte) => sum * 256 + byte, bytes.readUInt8(at) & 0x7f);
}

function isZero(bytes: Buffer): boolean {
  return bytes.every((byte) => byte === 0);
}

/** Whether an archive begins with this block. */
export function isTar(first: Buffer): boolean {
  return first.length >= block && (isZero(first) || checksumHolds(first));
}

/** The sum of all bytes, its own field taken as spaces. */
function checksumHolds(bytes: Buffer): boolean {
  const [at, end] = [148, 156];
  let sum = (end - at) * 32;
  for (let each = 0; each < block; each++) if (each < at || each >= end) sum += bytes.readUInt8(each);
  return sum === number(bytes, at, end - at);
}

/** Records of `length key=value\n`, the length that of the whole record. */
function pax(text: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (let at = 0; at < text.length; ) {
    const length = Number.parseInt(text.slice(at, at + 20), 10);
    if (!(length > 0)) break;
    const record = text.slice(text.indexOf(" ", at) + 1, at + length - 1);
    const equals = record.indexOf("=");
    if (equals > 0) found[record.slice(0, equals)] = record.slice(equals + 1);
    at += length;
  }
  return found;
}
