import type { FileContext } from "../flow/context";
import type { ShippedApp } from "../flow/running/shipped-app";
import { shippedProgram } from "../flow/running/shipped-program";
import { offerApp } from "../rewrite/app/plan";
import { needsStage } from "../rewrite/app/way";
import type { Offer, Refusal } from "../rewrite/change";
import { offerProgram, programTargets } from "../rewrite/program/plan";
import type { AppTarget } from "../toolchains/app";
import type { Recipe } from "./recipe";

/**
 * One stage that builds and ships becomes two: the author's own, and a final stage that holds its programs and the files
 * that these use. `distroless` begins at distroless static (certificates, zones, users, /tmp and a user that is not
 * root) and goes as far up as the program needs; `scratch` is nothing.
 */
export const splitBuildStage: Recipe = {
  id: "split-build-stage",
  title: "Build in its own stage",
  targets: ["distroless", "slim", "scratch", "chainguard", "jlink"],
  targetsFor(context) {
    const app = appOf(context);
    const known: readonly string[] = typeof app === "object" ? Object.keys(app.app.ways) : programTargets(context);
    return this.targets.filter((target) => known.includes(target));
  },
  removes: ["missing-build-stage", "bloated-base-image"],
  suits: (context) => {
    const { stages, final } = context.model;
    if (!final) return stages.length === 1;
    const app = appOf(context);
    if (typeof app === "object") return needsStage(context, app);
    return stages.length === 1 || context.builds(final).length > 0;
  },
  offer(context, target) {
    const app = appOf(context);
    if (app) return offerShipped(context, app, target);
    const answer = offerProgram(context, this.id, target);
    if (answer.kind === "refusal" || !RUNGLESS.has(target)) return answer;
    const reason = `No final image of ${target} is known for this program.`;
    return { kind: "refusal", recipe: this.id, target, reason };
  },
};

/** Families for programs that a runtime starts. */
const RUNGLESS = new Set(["jlink"]);

/** What a runtime starts, where the stage builds nothing that the image starts itself. */
function appOf(context: FileContext): ShippedApp | string | undefined {
  const { final } = context.model;
  if (!final || context.builds(final).length === 0) return final && context.app(final);
  const app = typeof shippedProgram(context) === "string" ? context.app(final) : undefined;
  return typeof app === "object" ? app : undefined;
}

function offerShipped(context: FileContext, app: ShippedApp | string, target: string): Offer | Refusal {
  const refuse = (reason: string): Refusal => ({ kind: "refusal", recipe: splitBuildStage.id, target, reason });
  if (typeof app === "string") return refuse(app);
  return target === "scratch"
    ? refuse(
        `A ${app.toolchain.title} program needs its runtime, which scratch has not; distroless images of the language have it.`,
      )
    : offerApp(context, app, splitBuildStage.id, target as AppTarget);
}
