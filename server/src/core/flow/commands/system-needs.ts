import { interpreterOf, packageKind, runtimeOf } from "../../catalog/packages";
import type { RunCommand } from "../../toolchains/toolchain";
import { installOf, removalOf, virtualName } from "./packages";

/** What a stage's own installs of system packages are for. Names as the file has them, but for `runtime`. */
export interface SystemNeeds {
  /** For building alone. */
  readonly build: readonly string[];
  /** What programs may use at run time; of a package to link with the libraries (libpq5 for libpq-dev). */
  readonly runtime: readonly string[];
  /** What packages for building bring along, and a program may run by: python3 with python3-pip. */
  readonly interpreters: readonly string[];
  /** Of people and scripts: curl, git. A program that starts them needs them. */
  readonly tools: readonly string[];
  /** What they are for, or which libraries they stand for, nobody wrote down. */
  readonly unknown: readonly string[];
  /** All names are written out, of a system whose packages are known by name (apt). */
  readonly complete: boolean;
}

/**
 * What the packages are for that commands install and do not remove again.
 * @param release the codename of the Debian release that they run on; without it libraries are unknown
 */
export function systemNeeds(release: string | undefined, commands: readonly RunCommand[]): SystemNeeds {
  const installed = new Set<string>();
  const sets = new Map<string, readonly string[]>();
  let complete = true;
  for (const run of commands) {
    const install = installOf(run);
    if (install && (!install.complete || install.manager !== "apt")) complete = false;
    const set = install && virtualName(install);
    const names = install?.packages.filter((name) => name !== set) ?? [];
    if (set !== undefined) sets.set(set, names);
    for (const name of names) installed.add(name);
    for (const name of removalOf(run)?.packages ?? [])
      for (const each of sets.get(name) ?? [name]) installed.delete(each);
  }
  const needs = { build: [] as string[], runtime: new Set<string>(), tools: [] as string[], unknown: [] as string[] };
  const interpreters = new Set<string>();
  for (const name of installed) {
    const kind = packageKind(name);
    const libraries = release === undefined ? undefined : runtimeOf(release, name);
    if (kind === undefined || (!libraries && isToLinkWith(name))) needs.unknown.push(name);
    else if (kind === "runtime") needs.runtime.add(name);
    else if (kind === "tool") needs.tools.push(name);
    else {
      needs.build.push(name);
      const interpreter = interpreterOf(name);
      if (interpreter !== undefined) interpreters.add(interpreter);
      for (const library of libraries ?? []) needs.runtime.add(library);
    }
  }
  return { ...needs, runtime: [...needs.runtime], interpreters: [...interpreters], complete };
}

/** A program that is built with it may want its libraries. */
export function isToLinkWith(name: string): boolean {
  return /-dev(?::\w+)?$/.test(name) && !NO_LIBRARIES.test(name);
}

/** Of the C library and the compilers' own all systems have what a program needs. */
const NO_LIBRARIES = /^(?:libc6?|musl|linux-libc|libstdc\+\+-\d+|libgcc-\d+)-dev(?::\w+)?$/;
