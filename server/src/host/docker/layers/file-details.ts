import { type ElfFacts, isElf, readElf } from "./elf";
import { Gather } from "./gather";
import { readLdCache } from "./ld-cache";
import type { Sink, TarEntry } from "./tar-reader";

/** What has to be known of a file to tell whether it can be started; nothing where it is as most files are. */
export interface FileDetails {
  /** Where a link leads, as it stands there. */
  readonly to?: string;
  /** Mode, user and group, where they are not root's with the usual mode of its kind. */
  readonly rights?: readonly [mode: number, uid: number, gid: number];
  /** A program or a library; null where it could not be read as one. */
  readonly elf?: ElfFacts | null;
  /** What follows `#!`, of a file that may be executed. */
  readonly script?: string;
  /** Of the few files that tell of users, and where musl's loader looks. */
  readonly text?: string;
  /** Of ld.so.cache: the libraries that it lists. */
  readonly libraries?: readonly string[];
}

export type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** Their text is wanted. */
const texts = /^etc\/(?:passwd|group|ld-musl-[^/]+\.path)$/;
const mostText = 1024 * 1024;
const mostCache = 16 * 1024 * 1024;
/** The kernel reads no further (BINPRM_BUF_SIZE). */
const longestScript = 256;

/** What of an entry is not as of most others. */
export function rightsOf({ kind, mode, uid, gid }: TarEntry): Pick<FileDetails, "rights"> {
  const bits = mode & 0o7777;
  const usual = kind === "directory" || (bits & 0o111) !== 0 ? 0o755 : 0o644;
  return kind === "symlink" || (bits === usual && uid === 0 && gid === 0) ? {} : { rights: [bits, uid, gid] };
}

/** Where the content of a file goes, so that its details are known when it has ended. */
export function lookInto({ name, mode, bytes }: TarEntry, details: Writable<FileDetails>): Sink {
  if (texts.test(name))
    return whole(mostText, (content) => {
      details.text = content.toString("latin1");
    });
  if (name === "etc/ld.so.cache")
    return whole(mostCache, (content) => {
      const libraries = readLdCache(content);
      if (libraries) details.libraries = libraries;
    });
  return new Look((first) => {
    if (isElf(first)) {
      details.elf = null;
      return new Gather(readElf(bytes), (facts) => {
        details.elf = facts ?? null;
      });
    }
    if ((mode & 0o111) === 0 || first.toString("latin1", 0, 2) !== "#!") return undefined;
    return whole(longestScript, (content) => {
      details.script = (content.toString("latin1").slice(2).split("\n", 1)[0] ?? "").trim();
    });
  });
}

/** Collects the beginning of a file. */
function whole(most: number, done: (content: Buffer) => void): Sink {
  const pieces: Buffer[] = [];
  let left = most;
  return {
    write: (piece) => {
      if (left > 0) pieces.push(piece.subarray(0, left));
      left -= piece.length;
    },
    end: () => done(Buffer.concat(pieces)),
  };
}

/** Waits for the first four bytes, and hands the file to what they say it is. */
class Look implements Sink {
  private first: Buffer = Buffer.alloc(0);
  private sink: Sink | undefined;
  private known = false;

  constructor(private readonly choose: (first: Buffer) => Sink | undefined) {}

  write(piece: Buffer): void {
    if (this.known) return void this.sink?.write(piece);
    this.first = this.first.length === 0 ? piece : Buffer.concat([this.first, piece]);
    if (this.first.length >= 4) this.decide();
  }

  end(): void {
    if (!this.known) this.decide();
    this.sink?.end();
  }

  private decide(): void {
    this.known = true;
    this.sink = this.choose(this.first);
    this.sink?.write(this.first);
    this.first = Buffer.alloc(0);
  }
}
