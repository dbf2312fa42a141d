import { isAsked, programsNotBrought } from "../../catalog/package-programs";
import { packagesOfProgram, withCertificates } from "../system-programs";
import type { JavaProgram } from "./program";
import type { JavaUses } from "./sources";

/** Programs that every system has. */
const EVERYWHERE = new Set(
  "sh bash ls cat echo cp mv rm mkdir ln chmod sleep kill true false date env id uname hostname tar gzip sed grep find sort head tail wc".split(
    " ",
  ),
);

/** The packages of the programs that the sources start, as far as their strings name them. */
export function packagesUsed({ starts, strings }: JavaUses): readonly string[] {
  return starts === undefined ? [] : [...strings].flatMap((name) => packagesOfProgram(name) ?? []);
}

/**
 * The packages that a slim image has to be given for the programs that the sources start; a sentence where no string names one
 * that can be had.
 */
export function packagesForStarts(program: JavaProgram, image: string): readonly string[] | string {
  const { uses, view } = program;
  const called = packagesForScript(program, image);
  // Its images with and without a compiler have the same programs beside Java's own.
  if (typeof called === "string" || uses.starts === undefined || view.baseName === "eclipse-temurin") return called;
  const packages = packagesUsed(uses);
  const isNamed =
    packages.length > 0 || [...uses.strings].some((name) => EVERYWHERE.has(name) || view.installs.includes(name));
  return isNamed
    ? withCertificates([...called, ...packages])
    : `The program starts other programs (${uses.starts}), and which ones cannot be told: ${view.baseName} may have them, and ${image} not.`;
}

/** Programs that a JDK has beside its runtime. */
const OF_JDK =
  /^(?:jar|jarsigner|java[a-z]+|jcmd|jconsole|jdb|jdeps|jdeprscan|jhsdb|jimage|jinfo|jlink|jmap|jmod|jpackage|jps|jshell|jstack|jstat\w*|serialver)$/;

/** The packages of the programs that the script calls which starts the program; a sentence about one that may be missing. */
function packagesForScript({ calls, view }: JavaProgram, image: string): readonly string[] | string {
  const isTwin = view.baseName === "eclipse-temurin";
  const packages: string[] = [];
  for (const name of calls) {
    if (name === "java" || EVERYWHERE.has(name) || (isTwin && !OF_JDK.test(name)) || isInstalled(view, name)) continue;
    const found = packagesOfProgram(name);
    if (!found)
      return `The script that starts the program calls ${name}, which ${image} may not have; installed by name (apt-get install) it would come along.`;
    packages.push(...found);
  }
  return withCertificates(packages);
}

/** A package that the author installs is called so, or brings the program (catalog/apt-programs.json). */
function isInstalled({ installs }: JavaProgram["view"], name: string): boolean {
  const missing = programsNotBrought("apt", installs);
  return installs.includes(name) || (missing !== undefined && isAsked(name) && !missing.has(name));
}
