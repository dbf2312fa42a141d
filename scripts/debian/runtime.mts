import type { Closure } from "./closure.mjs";
import type { Brought } from "./files.mjs";
import type { ReleaseIndex } from "./indexes.mjs";

/** Headers and what else is for building against a library. */
export function isForBuilding(index: ReleaseIndex, name: string): boolean {
  return index.packages.get(name)?.section === "libdevel" || name.endsWith("-dev");
}

/**
 * The packages whose libraries a program needs that was built with a `-dev`: those of its own source that it depends on, and
 * those of the packages for building that it stands for. The C library goes without saying.
 */
export function runtimeOf(
  index: ReleaseIndex,
  closure: Closure,
  files: ReadonlyMap<string, Brought>,
  name: string,
): readonly string[] {
  const bringsLibraries = (each: string) => (files.get(each)?.libraries.length ?? 0) > 0;
  const found = new Set<string>();
  const seen = new Set<string>();
  const visit = (each: string) => {
    const own = index.packages.get(each);
    if (!own || seen.has(each)) return;
    seen.add(each);
    const stands = files.get(each)?.headers !== true;
    for (const dependency of closure.choices(own.depends)) {
      const other = index.packages.get(dependency);
      const ofItsSource = other?.source === own.source;
      if (isForBuilding(index, dependency)) {
        if (ofItsSource || stands) visit(dependency);
      } else if (ofItsSource && dependency !== "libc6" && bringsLibraries(dependency)) found.add(dependency);
    }
  };
  visit(name);
  return [...found].sort();
}
