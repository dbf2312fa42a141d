/** What a package is for: only building, running programs, or people and scripts. */
export type Kind = "build" | "runtime" | "tool";

/** catalog/packages/names.json: which packages are asked about, and what the archive's sections do not say. */
export interface Names {
  readonly names: string;
  readonly tools: string;
  readonly build: string;
  readonly runtime: string;
  /** Run-time packages that what a compiler makes wants. */
  readonly needs: Readonly<Record<string, string>>;
}

/** Sections of Debian's archive whose packages are for building. */
const BUILDING = new Set(["libdevel", "devel", "golang", "rust", "haskell", "kernel"]);
const BY_NAME = /-(?:dev|jdk|jdk-headless)$/;

/** The kind of a package by what names.json says of it, else by its section. */
export function kindOf(names: Names, name: string, section: string): Kind {
  const has = (list: string) => list.split(" ").includes(name);
  if (has(names.tools)) return "tool";
  if (has(names.runtime)) return "runtime";
  return has(names.build) || BUILDING.has(section) || BY_NAME.test(name) ? "build" : "runtime";
}
