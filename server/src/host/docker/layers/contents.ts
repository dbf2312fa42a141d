import type { ImageContents } from "../../../ports";
import type { LayerFacts } from "./layer-scan";
import type { SeenFile } from "./seen";

/** Kept in files of its own, this one cannot be read without its library. */
const rpm = /^(?:var\/lib|usr\/lib\/sysimage)\/rpm\/(?:rpmdb\.sqlite|Packages(?:\.db)?)$/;
const statusOfOne = /^var\/lib\/dpkg\/status\.d\/[^/]*(?<!\.md5sums)$/;
const shell = /^(?:usr\/(?:local\/)?)?s?bin\/(?:sh|bash|dash|ash|zsh|ksh|busybox)$/;

/** What a container of these layers sees, in numbers; `seen` is the files of all of them together. */
export function contentsOf(layers: readonly LayerFacts[], seen: ReadonlyMap<string, SeenFile>): ImageContents {
  const kinds = [...seen.values()].map(({ kind }) => kind);
  return {
    packages: packagesOf(layers, seen),
    executables: kinds.filter((kind) => kind === "x" || kind === "s").length,
    setuid: kinds.filter((kind) => kind === "s").length,
    shell: [...seen].some(([path, { kind }]) => kind !== "d" && shell.test(path)),
  };
}

/** Null where a database is there that cannot be read; 0 where there is none, for then nothing was installed by packages. */
function packagesOf(layers: readonly LayerFacts[], seen: ReadonlyMap<string, SeenFile>): number | null {
  const paths = [...seen.keys()];
  if (paths.some((path) => rpm.test(path))) return null;
  const latest = new Map(layers.flatMap(({ packages }) => Object.entries(packages)));
  const listed = [...latest].reduce((sum, [path, count]) => sum + (seen.has(path) ? count : 0), 0);
  return listed + paths.filter((path) => seen.get(path)?.kind !== "d" && statusOfOne.test(path)).length;
}
