import type { BigIntStats, Dirent } from "node:fs";
import { lstat, readdir, readlink } from "node:fs/promises";
import { join } from "node:path";
import { EngineError } from "../../ports";
import { fileReason } from "./errors";
import type { IgnoreRules } from "./ignore";
import type { Wanted } from "./wanted";

/** A file, folder or symbolic link of a build context. */
export interface ContextEntry {
  /** Relative to the context, with `/` between its parts. */
  readonly path: string;
  readonly absolute: string;
  readonly kind: "file" | "folder" | "link";
  /** The permission bits, with setuid, setgid and sticky. */
  readonly mode: number;
  readonly bytes: number;
  /** Nanoseconds since 1970. */
  readonly modified: bigint;
  /** What a symbolic link points to. */
  readonly target?: string;
}

/**
 * The entries of a build context that a build sees: a folder before what is in it, names in the order of their bytes,
 * as both BuildKit and Go's own walk have them. A folder that is ignored appears only where something inside it is not.
 * Sockets, pipes and devices are left out, and what is not wanted. Throws an EngineError that names what cannot be read.
 */
export async function* walkContext(
  root: string,
  rules: IgnoreRules,
  wanted: Wanted = () => true,
): AsyncGenerator<ContextEntry> {
  // Ignored folders on the way to what is being looked at: they go first if anything in them is to be sent.
  const owed: ContextEntry[] = [];

  async function* visit(folder: string, prefix: string): AsyncGenerator<ContextEntry> {
    for (const entry of await list(folder, prefix)) {
      if (!wanted(entry.path)) continue;
      const ignored = rules.ignores(entry.path);
      if (!ignored) {
        yield* owed.splice(0);
        yield entry;
      } else if (entry.kind !== "folder" || !rules.reaches(entry.path)) {
        continue;
      }
      if (entry.kind !== "folder") continue;
      if (ignored) owed.push(entry);
      yield* visit(entry.absolute, `${entry.path}/`);
      if (owed.at(-1) === entry) owed.pop();
    }
  }

  yield* visit(root, "");
}

async function list(folder: string, prefix: string): Promise<ContextEntry[]> {
  const found = await orExplain(folder, readdir(folder, { withFileTypes: true }));
  const sorted = found
    .filter((entry) => entry.isFile() || entry.isDirectory() || entry.isSymbolicLink())
    .map((entry) => ({ entry, order: Buffer.from(entry.name) }))
    .sort((a, b) => Buffer.compare(a.order, b.order));
  const entries = await Promise.all(sorted.map(({ entry }) => describe(join(folder, entry.name), prefix, entry)));
  return entries.filter((entry) => entry !== undefined);
}

async function describe(absolute: string, prefix: string, entry: Dirent): Promise<ContextEntry | undefined> {
  try {
    const stats = await lstat(absolute, { bigint: true });
    const kind = kindOf(stats);
    if (kind === undefined) return undefined;
    return {
      path: prefix + entry.name,
      absolute,
      kind,
      mode: permissions(Number(stats.mode)),
      bytes: kind === "file" ? Number(stats.size) : 0,
      modified: stats.mtimeNs,
      ...(kind === "link" && { target: toSlashes(await readlink(absolute)) }),
    };
  } catch (error) {
    // It was there a moment ago: editors and compilers come and go with files of their own.
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw new EngineError(`Cannot read ${absolute}: ${fileReason(error)}.`);
  }
}

function kindOf(stats: BigIntStats): ContextEntry["kind"] | undefined {
  if (stats.isFile()) return "file";
  if (stats.isDirectory()) return "folder";
  return stats.isSymbolicLink() ? "link" : undefined;
}

/** Windows has no permission bits; the docker command sends these for it. */
function permissions(mode: number): number {
  return process.platform === "win32" ? 0o755 : mode & 0o7777;
}

function toSlashes(path: string): string {
  return process.platform === "win32" ? path.replace(/\\/g, "/") : path;
}

async function orExplain<T>(path: string, work: Promise<T>): Promise<T> {
  return work.catch((error: unknown) => {
    throw new EngineError(`Cannot read ${path}: ${fileReason(error)}.`);
  });
}
