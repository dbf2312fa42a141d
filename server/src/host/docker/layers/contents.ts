import type { ImageContents } from "../../../ports";
import type { Kind, LayerFacts } from "./layer-scan";

/** Kept in files of its own, this one cannot be read without its library. */
const rpm = /^(?:var\/lib|usr\/lib\/sysimage)\/rpm\/(?:rpmdb\.sqlite|Packages(?:\.db)?)$/;
const statusOfOne = /^var\/lib\/dpkg\/status\.d\/[^/]*(?<!\.md5sums)$/;
const shell = /^(?:usr\/(?:local\/)?)?s?bin\/(?:sh|bash|dash|ash|zsh|ksh|busybox)$/;

/** What a container of these layers sees, the lowest first: a later one adds, replaces and removes. */
export function contentsOf(layers: readonly LayerFacts[]): ImageContents {
  const seen = new Map<string, Kind>();
  for (const { paths } of layers) {
    remove(seen, paths);
    for (const line of paths) {
      const [kind, path] = [line[0] as Kind, line.slice(1)];
      if (kind !== "w" && kind !== "o") seen.set(path, kind);
    }
  }
  const kinds = [...seen.values()];
  return {
    packages: packagesOf(layers, seen),
    executables: kinds.filter((kind) => kind === "x" || kind === "s").length,
    setuid: kinds.filter((kind) => kind === "s").length,
    shell: [...seen].some(([path, kind]) => kind !== "d" && shell.test(path)),
  };
}

/** Takes away what a layer removes of those below it: paths, the content of folders, and what a file now stands in place of. */
function remove(seen: Map<string, Kind>, paths: readonly string[]): void {
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

/** Null where a database is there that cannot be read; 0 where there is none, for then nothing was installed by packages. */
function packagesOf(layers: readonly LayerFacts[], seen: ReadonlyMap<string, Kind>): number | null {
  const paths = [...seen.keys()];
  if (paths.some((path) => rpm.test(path))) return null;
  const latest = new Map(layers.flatMap(({ packages }) => Object.entries(packages)));
  const listed = [...latest].reduce((sum, [path, count]) => sum + (seen.has(path) ? count : 0), 0);
  return listed + paths.filter((path) => seen.get(path) !== "d" && statusOfOne.test(path)).length;
}
