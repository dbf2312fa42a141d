import type { FileDetails } from "./file-details";
import type { Kind, LayerFacts } from "./layer-scan";

/** A path as a container sees it. */
export interface SeenFile {
  readonly kind: Exclude<Kind, "w" | "o">;
  readonly details: FileDetails;
  /** The layer that it comes from: its place among them, the lowest first. */
  readonly layer: number;
}

const nothing: FileDetails = {};

/** What a container of these layers sees, the lowest first: a later one adds, replaces and removes. */
export function seenIn(layers: readonly LayerFacts[]): ReadonlyMap<string, SeenFile> {
  const seen = new Map<string, SeenFile>();
  for (const [layer, { paths, details }] of layers.entries()) {
    remove(seen, paths);
    const known = new Map(Object.entries(details));
    for (const line of paths) {
      const [kind, path] = [line[0] as Kind, line.slice(1)];
      if (kind !== "w" && kind !== "o") seen.set(path, { kind, details: known.get(path) ?? nothing, layer });
    }
  }
  return seen;
}

/** Takes away what a layer removes of those below it: paths, the content of folders, and what a file now stands in place of. */
function remove(seen: Map<string, SeenFile>, paths: readonly string[]): void {
  const gone = new Set(paths.filter((line) => line[0] === "w").map((line) => line.slice(1)));
  const emptied = new Set(paths.filter((line) => line[0] !== "d").map((line) => line.slice(1)));
  for (const path of seen.keys()) if (gone.has(path) || isWithin(path, emptied)) seen.delete(path);
}

/** Whether one of the folders that a path is in is among these; "" is the root. */
function isWithin(path: string, folders: ReadonlySet<string>): boolean {
  for (let end = path.lastIndexOf("/"); end > 0; end = path.lastIndexOf("/", end - 1))
    if (folders.has(path.slice(0, end))) return true;
  return folders.has("");
}
