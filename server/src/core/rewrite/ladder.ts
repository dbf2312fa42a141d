import type { Library } from "../toolchains/toolchain";

/** The final images of the ladder that have no shell, the smallest first (design, section 6). */
export type Rung = "scratch" | "static" | "base" | "cc";

/** The smallest rung of a target's family that a program can stand on. */
export function rungOf(target: string, library: Library | undefined): Rung {
  return target === "scratch" ? "scratch" : (library?.rung ?? "static");
}

/** Google's image of a rung; debian13 is what it builds today (catalog/distroless). */
export function imageOf(rung: Rung, root: boolean): string {
  return rung === "scratch" ? rung : `gcr.io/distroless/${rung}-debian13${root ? "" : ":nonroot"}`;
}

/** Why the rung below is not safe, as sentences; below static there is scratch, an offer or a refusal of its own. */
export function whyNotSmaller(rung: Rung, library: Library | undefined): readonly string[] {
  if (rung === "scratch" || !library) return [];
  const what = rung === "cc" ? "the C++ library" : "the C library";
  return [`distroless ${rung} has ${what}, which the program needs (${library.why}); static has none.`];
}
