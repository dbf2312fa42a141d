import { type BaseImage, findImage } from "../catalog/catalog";
import { parseReference } from "../catalog/reference";
import { titleOf } from "../flow/running/runtime-data";
import type { BuildPlan, Library, Need } from "../toolchains/toolchain";

/** The final images of the ladder, the smallest first; `slim` alone has a shell (design, section 6). */
export type Rung = BareRung | "slim";
export type BareRung = "scratch" | "static" | "base" | "cc";

/** The smallest rung of a target's family that a program can stand on. */
export function rungOf(target: string, library: Library | undefined): BareRung {
  return target === "scratch" ? target : (library?.rung ?? "static");
}

/** Google's image of a rung; debian13 is what it builds today (catalog/distroless). */
export function imageOf(rung: BareRung, root: boolean): string {
  return rung === "scratch" ? rung : `gcr.io/distroless/${rung}-debian13${root ? "" : ":nonroot"}`;
}

/** Chainguard's image for static programs: free as `latest` alone, its user is 65532 (chainguard-images/images, static). */
export const CHAINGUARD_STATIC = "cgr.dev/chainguard/static:latest";

/** The smallest image of the system that a build stage stands on; undefined where that is none of Debian or Ubuntu that is known. */
export function slimImageOf(image: BaseImage | undefined): string | undefined {
  const { name, distro, distroRelease: release, tag } = image ?? {};
  if (distro === "ubuntu" && name === "ubuntu") return `ubuntu:${tag}`;
  const reference = distro === "debian" && release !== undefined ? parseReference(`debian:${release}-slim`) : undefined;
  return reference && findImage(reference) ? `debian:${release}-slim` : undefined;
}

/** Why the rung below is not safe, as sentences; below static there is scratch, an offer or a refusal of its own. */
export function whyNotSmaller(rung: Rung, library: Library | undefined): readonly string[] {
  if (rung === "scratch" || rung === "slim" || !library) return [];
  const what = rung === "cc" ? "the C library and those of the compiler" : "the C library";
  return [`distroless ${rung} has ${what}, which the program needs (${library.why}); static has none.`];
}

/** A rung in a title: "on distroless static", "on debian:trixie-slim". */
export function nameOf(rung: Rung, image: string): string {
  return rung === "scratch" ? rung : rung === "slim" ? image : `distroless ${rung}`;
}

/** Why a program cannot stand on scratch, as a sentence; `namesZone` says that its environment names a time zone. */
export function missingOnScratch(plan: BuildPlan, needs: readonly Need[], namesZone: boolean): string | undefined {
  if (namesZone) return "ENV TZ names a time zone, and scratch has none; distroless static has them.";
  const [need] = plan.library ? [] : [...plan.needs, ...needs];
  if (!need) return plan.notOnScratch;
  return `The program wants ${titleOf(need)} (${need.why}): scratch has none, distroless static has.`;
}

/** What is lost with the shell, and what brings one for a look. */
export function withoutShell(rung: Rung): readonly string[] {
  if (rung === "slim") return [];
  const tag = rung === "scratch" ? "" : ` or the tag :debug of ${imageOf(rung, true)}`;
  return [`There is no shell in the final image; \`docker debug\`${tag} brings one.`];
}
