import { readPackageJson } from "./package-json";
import { REQUIREMENTS, readRequirements } from "./requirements";

/** The files that name what a program is built of, by what reads them. */
const READERS: readonly (readonly [RegExp, (text: string) => readonly string[]])[] = [
  [/(?:^|\/)package\.json$/, npmPackages],
  [/(?:^|\/)Cargo\.lock$/, cargoPackages],
  [REQUIREMENTS, pipPackages],
];

/** A file that names packages, and not one of a package that was installed. */
export function namesPackages(path: string): boolean {
  return !/(?:^|\/)node_modules\//.test(path) && READERS.some(([name]) => name.test(path));
}

/** The packages that a file names: of package.json those that ship, of Cargo.lock all. Names as their registries write them. */
export function readPackages(path: string, text: string): ReadonlySet<string> {
  const read = READERS.find(([name]) => name.test(path))?.[1];
  return new Set(read?.(text) ?? []);
}

function npmPackages(text: string): readonly string[] {
  return [...(readPackageJson(text)?.dependencies.keys() ?? [])];
}

/** `name = "openssl-sys"` begins each package (doc.rust-lang.org/cargo, Cargo.lock). */
function cargoPackages(text: string): readonly string[] {
  return [...text.matchAll(/^name = "([\w-]+)"\r?$/gm)].flatMap(([, name]) => name ?? []);
}

function pipPackages(text: string): readonly string[] {
  return readRequirements(text).packages.flatMap(({ name, elsewhere }) => (elsewhere ? [] : name));
}
