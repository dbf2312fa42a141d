import { lstat } from "node:fs/promises";
import { join, posix } from "node:path";

/** Whether an entry of the context is wanted, or leads to one that is. */
export type Wanted = (path: string) => boolean;

/**
 * What BuildKit wants of a context of which it names paths: those, what is in them, and the folders above them. `paths`
 * is the header that names them, joined by commas. Where a path has a wildcard or goes through a symbolic link, or where
 * the header may mean something else, everything is wanted: more than was asked for does no harm. Undefined is everything.
 */
export async function wantedPaths(root: string, paths: string): Promise<Wanted | undefined> {
  if (paths === "") return undefined;
  const wanted: string[] = [];
  for (const path of paths.split(", ")) {
    const clean = posix.join("/", path).replace(/\/$/, "").slice(1);
    if (clean === "" || /[*?[\\]/.test(clean)) return undefined;
    const found = await find(root, clean);
    // A comma can be part of a name, and what is not ASCII arrives encoded.
    if (found === "link" || (found === "missing" && /[,%]/.test(paths))) return undefined;
    wanted.push(clean);
  }
  const within = (path: string, folder: string) => path === folder || path.startsWith(`${folder}/`);
  return (path) => wanted.some((one) => within(path, one) || within(one, path));
}

async function find(root: string, path: string): Promise<"plain" | "link" | "missing"> {
  let at = root;
  for (const part of path.split("/")) {
    at = join(at, part);
    const stats = await lstat(at).catch(() => undefined);
    if (stats === undefined) return "missing";
    if (stats.isSymbolicLink()) return "link";
  }
  return "plain";
}
