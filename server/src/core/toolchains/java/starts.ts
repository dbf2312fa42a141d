import { packagesOfProgram, withCertificates } from "../system-programs";
import type { JavaProgram } from "./program";

/** Programs that every system has. */
const EVERYWHERE = new Set(
  "sh bash ls cat echo cp mv rm mkdir ln chmod sleep kill true false date env id uname hostname tar gzip sed grep find sort head tail wc".split(
    " ",
  ),
);

/**
 * The packages that a slim image has to be given for the programs that the sources start, by the strings that may name them; a
 * sentence where none of them names one that can be had.
 */
export function packagesForStarts({ uses, view }: JavaProgram, image: string): readonly string[] | string {
  // Its images with and without a compiler have the same programs beside Java's own.
  if (uses.starts === undefined || view.baseName === "eclipse-temurin") return [];
  const names = new Set([...uses.strings].map((text) => text.trim().split(/\s/, 1)[0] ?? ""));
  const packages = [...names].flatMap((name) => packagesOfProgram(name) ?? []);
  const isNamed =
    packages.length > 0 || [...names].some((name) => EVERYWHERE.has(name) || view.installs.includes(name));
  return isNamed
    ? withCertificates(packages)
    : `The program starts other programs (${uses.starts}), and which ones cannot be told: ${view.baseName} may have them, and ${image} not.`;
}
