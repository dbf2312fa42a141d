import type { ElfFacts } from "../layers/elf";
import type { FileDetails } from "../layers/file-details";
import type { SeenFile } from "../layers/seen";

/** More links in a row, and the kernel gives up (ELOOP). */
const mostLinks = 40;

/** A file of an image, links followed. */
export interface ImageFile {
  /** Absolute, without links; bytes as latin1. */
  readonly path: string;
  readonly isFolder: boolean;
  readonly rights: readonly [mode: number, uid: number, gid: number];
  readonly details: FileDetails;
  /** The layer that it comes from; undefined of a folder that no layer lists. */
  readonly layer: number | undefined;
}

/** The files of an image, as a container finds them. Paths are absolute; bytes as latin1. */
export class ImageFiles {
  private readonly folders = new Set<string>([""]);
  private readonly reals = new Map<string, string | undefined>();

  constructor(private readonly seen: ReadonlyMap<string, SeenFile>) {
    // Not every archive lists the folders that its files are in.
    for (const path of seen.keys())
      for (let end = path.lastIndexOf("/"); end > 0; end = path.lastIndexOf("/", end - 1)) {
        const folder = path.slice(0, end);
        if (this.folders.has(folder)) break;
        this.folders.add(folder);
      }
  }

  /** What is at a path; undefined where nothing is, or a link leads nowhere. */
  at(path: string): ImageFile | undefined {
    const real = this.real("", path, 0);
    return real === undefined ? undefined : this.fileAt(real);
  }

  /** All programs and libraries that could be read as such, and scripts, by the names that layers give them. */
  *told(): Generator<ImageFile & { readonly layer: number }> {
    for (const [path, { kind, details, layer }] of this.seen)
      if (kind !== "l" && (details.elf || details.script !== undefined)) yield { ...this.fileAt(path), layer };
  }

  /** The folders above a path, the root first, links followed. Undefined where one of them is no folder. */
  foldersTo(path: string): readonly ImageFile[] | undefined {
    const found: ImageFile[] = [];
    for (let file = this.at(path); file; file = this.at(parentOf(file.path))) {
      found.unshift(file);
      if (file.path === "/") return found.slice(0, -1);
    }
    return undefined;
  }

  private fileAt(path: string): ImageFile {
    const { kind = "d", details = {}, layer } = this.seen.get(path) ?? {};
    const isFolder = kind === "d";
    const usual = kind === "f" ? 0o644 : 0o755;
    return { path: `/${path}`, isFolder, rights: details.rights ?? [usual, 0, 0], details, layer };
  }

  /** The path without links, without the `/` before it, from a folder that has none. */
  private real(from: string, path: string, links: number): string | undefined {
    let at = path.startsWith("/") ? "" : from;
    for (const part of path.split("/")) {
      if (part === "" || part === ".") continue;
      const next = part === ".." ? at.slice(0, Math.max(at.lastIndexOf("/"), 0)) : this.child(at, part, links);
      if (next === undefined) return undefined;
      at = next;
    }
    return at;
  }

  private child(folder: string, name: string, links: number): string | undefined {
    const path = folder === "" ? name : `${folder}/${name}`;
    const file = this.seen.get(path);
    if (!file) return this.folders.has(path) ? path : undefined;
    if (file.kind !== "l") return path;
    if (links >= mostLinks) return undefined;
    if (!this.reals.has(path)) this.reals.set(path, this.real(folder, file.details.to ?? "", links + 1));
    return this.reals.get(path);
  }
}

export function parentOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf("/"), 0)) || "/";
}

/** What its loader reads of a file; undefined where it is no program and no library, or could not be read. */
export function elfOf(file: ImageFile | undefined): ElfFacts | undefined {
  return file?.details.elf ?? undefined;
}

/** A path as people write it, as the bytes that archives have. */
export function toBytes(text: string): string {
  return Buffer.from(text, "utf8").toString("latin1");
}

/** The bytes of a path as people read it; what is no UTF-8 becomes �. */
export function toText(bytes: string): string {
  return Buffer.from(bytes, "latin1").toString("utf8");
}
