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
export function packagesForStarts({ uses, view }: JavaProgram, image: string): readonly string[] | string {
  // Its images with and without a compiler have the same programs beside Java's own.
  if (uses.starts === undefined || view.baseName === "eclipse-temurin") return [];
  const packages = packagesUsed(uses);
  const isNamed =
    packages.length > 0 || [...uses.strings].some((name) => EVERYWHERE.has(name) || view.installs.includes(name));
  return isNamed
    ? withCertificates(packages)
    : `The program starts other programs (${uses.starts}), and which ones cannot be told: ${view.baseName} may have them, and ${image} not.`;
}
