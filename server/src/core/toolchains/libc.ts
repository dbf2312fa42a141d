import type { Library, StageView } from "./toolchain";

/** glibc of Debian 13, which distroless base-debian13 and cc-debian13 have (catalog/distroless). */
export const FINAL_GLIBC = "2.41";

/**
 * Why a program cannot run with the C library of a distroless image: it was linked with another one, or with a later version.
 * A sentence; `builder` names what would do, for its last words: "A golang image".
 */
export function libcMisfit(
  { baseLibc, baseGlibc }: StageView,
  { rung, why }: Library,
  builder: string,
): string | undefined {
  const needs = `The program needs the C library (${why})`;
  if (baseLibc === "musl")
    return `${needs}, and it is built with musl, which distroless ${rung} has not. ${builder} on Debian would do.`;
  if (baseGlibc === undefined) return `${needs}, and which one its build stage has is not known.`;
  if (isNewer(baseGlibc, FINAL_GLIBC))
    return `${needs}: it is built with glibc ${baseGlibc}, and distroless ${rung}-debian13 has ${FINAL_GLIBC}. ${builder} on Debian 13 would do.`;
  return undefined;
}

/** A builder's glibc is newer than that of every distroless image. */
export function hasNewerGlibc({ baseGlibc }: StageView): boolean {
  return baseGlibc !== undefined && isNewer(baseGlibc, FINAL_GLIBC);
}

function isNewer(a: string, b: string): boolean {
  const [major = 0, minor = 0] = a.split(".").map(Number);
  const [otherMajor = 0, otherMinor = 0] = b.split(".").map(Number);
  return major > otherMajor || (major === otherMajor && minor > otherMinor);
}
