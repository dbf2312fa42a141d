import { type FileDetails, lookInto, rightsOf, type Writable } from "./file-details";
import { cleanName, type Sink, type TarEntry, TarReader } from "./tar-reader";

/** What a layer is known by: the same for the same layer on every engine. */
export interface LayerFacts {
  /** Regular files and the length of symbolic links' targets; a file with several names counts once. */
  readonly bytes: number;
  /** Each path, the kind of what is there before it; see `Kind`. */
  readonly paths: readonly string[];
  /** Packages that the layer's own copy of a package database lists. */
  readonly packages: Readonly<Record<string, number>>;
  /** By path, of those of which there is something to say. */
  readonly details: Readonly<Record<string, FileDetails>>;
}

/** x an executable file, s one that runs as its owner, f another file, l a link, d a folder, w removed, o emptied before. */
export type Kind = "x" | "s" | "f" | "l" | "d" | "w" | "o";

/** Where package managers write down what is installed, and how a package begins there. */
const databases: ReadonlyMap<string, RegExp> = new Map([
  ["var/lib/dpkg/status", /^Status: install ok installed$/],
  ["lib/apk/db/installed", /^P:/],
  ["usr/lib/apk/db/installed", /^P:/],
]);

interface Inode {
  readonly bytes: number;
  readonly kind: Kind;
  readonly details: Writable<FileDetails>;
}

/** Reads one layer's archive, which is pushed in piece by piece and not kept. */
export class LayerScan implements Sink {
  private readonly reader = new TarReader((entry) => this.enter(entry));
  private readonly files = new Map<string, Inode>();
  private readonly marks: string[] = [];
  private readonly packages: Record<string, number> = {};

  write(piece: Buffer): Promise<void> {
    return this.reader.push(piece);
  }

  /** Throws a TarError where the archive was cut short. */
  end(): void {
    this.reader.end();
  }

  facts(): LayerFacts {
    // Two names of one file share their inode; a name that came twice has its last one.
    const bytes = [...new Set(this.files.values())].reduce((sum, inode) => sum + inode.bytes, 0);
    const paths = [...this.files].map(([path, { kind }]) => kind + path);
    const telling = [...this.files].filter(([, { details }]) => Object.keys(details).length > 0);
    const details = Object.fromEntries(telling.map(([path, inode]) => [path, inode.details]));
    return { bytes, paths: [...this.marks, ...paths], packages: this.packages, details };
  }

  private enter(entry: TarEntry): Sink | undefined {
    const { name, kind } = entry;
    const cut = name.lastIndexOf("/") + 1;
    const base = name.slice(cut);
    if (base.startsWith(".wh.")) {
      const folder = name.slice(0, Math.max(cut - 1, 0));
      if (base === ".wh..wh..opq") this.marks.push(`o${folder}`);
      else if (!base.startsWith(".wh..wh.")) this.marks.push(`w${name.slice(0, cut)}${base.slice(".wh.".length)}`);
      return undefined;
    }
    const inode = kind === "link" ? this.files.get(cleanName(entry.target)) : inodeOf(entry);
    if (inode && name !== "") this.files.set(name, inode);
    if (kind !== "file" || !inode) return undefined;
    const begins = databases.get(name);
    return begins ? this.count(name, begins) : lookInto(entry, inode.details);
  }

  private count(name: string, begins: RegExp): Sink {
    let rest = "";
    let found = 0;
    return {
      write: (piece) => {
        const lines = (rest + piece.toString("latin1")).split("\n");
        rest = lines.pop() ?? "";
        found += lines.filter((line) => begins.test(line)).length;
      },
      end: () => {
        this.packages[name] = found + (begins.test(rest) ? 1 : 0);
      },
    };
  }
}

function inodeOf(entry: TarEntry): Inode {
  const { kind, bytes, mode, target } = entry;
  const details = rightsOf(entry);
  if (kind === "directory") return { bytes: 0, kind: "d", details };
  if (kind === "symlink") return { bytes: target.length, kind: "l", details: { to: target } };
  if (kind !== "file") return { bytes: 0, kind: "f", details };
  return { bytes, kind: mode & 0o4000 ? "s" : mode & 0o111 ? "x" : "f", details };
}
