import { findImage } from "../catalog/catalog";
import { parseReference } from "../catalog/reference";
import { formatChange } from "../catalog/size";
import { FileContext } from "../flow/context";
import { type KeptFiles, keptFiles } from "../flow/files/kept-files";
import { privateCopy } from "../flow/files/private-files";
import { type CarriedProgram, carriedProgram } from "../flow/running/carried-program";
import type { ShippedApp } from "../flow/running/shipped-app";
import { scriptStarted } from "../flow/running/start";
import { imageSettings } from "../model/image-config";
import type { Stage } from "../model/model";
import { neededStages } from "../model/reach";
import { offerRebase } from "../rewrite/app/rebase";
import { needsStage } from "../rewrite/app/way";
import type { Change, Offer } from "../rewrite/change";
import { inCompose } from "../rewrite/consequences";
import { finalUser } from "../rewrite/final-stage";
import { finalHealthcheck } from "../rewrite/healthcheck";
import {
  type BareRung,
  imageOf,
  missingOnScratch,
  nameOf,
  rungOf,
  whyNotSmaller,
  withoutShell,
} from "../rewrite/ladder";
import { mendFirst } from "../rewrite/mend-first";
import { slimStage } from "../rewrite/slim-stage";
import { withoutPrograms } from "../rewrite/started-programs";
import { styleOf } from "../rewrite/style";
import { estimateImage } from "../size/estimate";
import { applyEdits } from "../text/edit";
import type { AppTarget } from "../toolchains/app";
import type { BuildPlan } from "../toolchains/toolchain";
import type { Recipe } from "./recipe";

/**
 * The final stage of several keeps its lines and stands on an image that holds what its program needs and no more, in the
 * place of a whole system. What installs packages that the new base has, or that nobody needs there, is left out.
 */
export const slimFinalStage: Recipe = {
  id: "slim-final-stage",
  title: "Ship on a smaller base",
  targets: ["distroless", "slim", "scratch", "chainguard"],
  targetsFor(context) {
    const app = appOf(context);
    const known: readonly string[] = typeof app === "object" ? Object.keys(app.app.ways) : ["distroless", "scratch"];
    return this.targets.filter((target) => known.includes(target));
  },
  removes: ["bloated-base-image"],
  suits: (context) => {
    const { stages } = context.model;
    const app = appOf(context);
    return typeof app === "object" ? !needsStage(context, app) : stages.length > 1;
  },
  offer(context, target) {
    const app = appOf(context);
    if (typeof app === "object" && target !== "scratch") return offerRebase(context, app, this.id, target as AppTarget);
    const plan = RUNGS.has(target)
      ? preflight(context, target)
      : `No final image of ${target} is known for this program.`;
    return typeof plan === "string"
      ? { kind: "refusal", recipe: this.id, target, reason: plan }
      : offerOf(context, target, plan);
  },
};

/** Families that have images for programs which need no runtime. */
const RUNGS = new Set(["distroless", "scratch"]);

function appOf(context: FileContext): ShippedApp | string | undefined {
  const { final } = context.model;
  return final && !carriedProgram(context) ? context.app(final) : undefined;
}

interface Plan {
  readonly program: CarriedProgram;
  readonly rung: BareRung;
  readonly edits: Change["edits"];
  readonly drops: Change["drops"];
  readonly assumes: readonly string[];
}

/** The plan, or the sentence that says why the rewrite is not safe. */
function preflight(context: FileContext, target: string): Plan | string {
  const first = mendFirst(context);
  if (first) return first;
  const program = carriedProgram(context);
  if (!program) return withoutProgram(context);
  const unfit = baseUnfit(context, program);
  if (unfit) return unfit;
  const { build, view } = program;
  if (!build.run.command.always)
    return "The build runs only under a condition, so the program may come from elsewhere.";
  const plan = build.toolchain.plan(build, view, context.text);
  if (typeof plan === "string") return plan;
  const misfit = withoutPrograms(plan) ?? plan.library?.misfit;
  if (misfit) return misfit;
  const files = keptFiles(plan);
  if (typeof files === "string") return files;
  const lacking =
    target === "scratch"
      ? missingOnScratch(plan, files.needs, imageSettings(context.model, program.stage).has("ENV TZ"))
      : undefined;
  return lacking ?? finish(context, target, program, plan, files);
}

function withoutProgram(context: FileContext): string {
  const { final } = context.model;
  const [failing] = [...neededStages(context.model)]
    .flatMap((stage) => context.builds(stage))
    .flatMap((build) => context.failure(build)?.message ?? []);
  const script = final && scriptStarted(context.start(final)?.argv ?? []);
  const app = appOf(context);
  return (
    failing ??
    (typeof app === "string" ? app : undefined) ??
    (final && !context.start(final) && context.image(final)?.role === "server"
      ? serverOf(context, final)
      : undefined) ??
    (script &&
      `The image starts the shell script ${script}, which distroless and scratch cannot run; a slim system can.`) ??
    (final && context.builds(final).length > 0
      ? "The program is built in the stage that ships; a build stage of its own comes first."
      : "No build stage is seen to make the program that the image starts; made in a stage of this file, it could ship alone.")
  );
}

/** What is started is the base's own, and the image brings files for it. */
function serverOf(context: FileContext, stage: Stage): string {
  const { name = "", ecosystem } = context.image(stage) ?? {};
  const instead =
    ecosystem === "java"
      ? "a war runs in it, and an executable jar (Spring Boot makes one) could ship alone"
      : "a slim tag of it may be smaller";
  return `The image starts ${name}, the server of its base, which no distroless image has; ${instead}.`;
}

/** Bases that bring a system and nothing that a program would find by itself. */
function baseUnfit(context: FileContext, { stage }: CarriedProgram): string | undefined {
  const image = context.image(stage);
  if (stage.base.kind === "scratch") return "The final stage stands on scratch: there is nothing smaller.";
  if (stage.base.kind !== "image")
    return "The final stage stands on another stage, whose files the program may use; one that stands on an image can be made smaller.";
  const plain =
    image?.role === "os" || image?.name === "golang" || (image?.role === "distroless" && image.ecosystem === undefined);
  return plain
    ? undefined
    : `What ${stage.base.reference} brings beside a system, and the program may use, is not known.`;
}

/** The edits, or why they cannot be made. */
function finish(
  context: FileContext,
  target: string,
  program: CarriedProgram,
  build: BuildPlan,
  files: KeptFiles,
): Plan | string {
  const { stage, path } = program;
  const style = styleOf(context.syntax);
  const workdir = stage.scope.workdir(stage.instructions.length);
  if (workdir === undefined || stage.scope.workdir(0) === undefined)
    return "The folder in which the program starts is not known; a WORKDIR would say it.";
  const health = finalHealthcheck(context, { stage, from: path, to: path, workdir }, style);
  if (typeof health === "string") return health;
  if (health.drops.length > 0)
    return `HEALTHCHECK is in shell form, and the smaller image has no shell; it can stay as ${health.lines[0]}`;
  const secret = privateCopy(context, stage);
  const closed = secret && `${secret} has a file that its owner alone may read`;
  const asks = { paths: [path, workdir], root: files.root ?? build.root ?? closed, home: build.home };
  const user = finalUser(context.model, stage, target, asks, style);
  if (typeof user === "string") return user;
  const rung = rungOf(target, build.library);
  const image = imageOf(rung, user.root);
  if (stage.base.token?.text === image || stage.base.token?.text === imageOf(rung, true))
    return `The final stage stands on ${stage.base.token.text} already, the smallest of its kind.`;
  const reference = parseReference(image);
  const startsIn = (reference && findImage(reference)?.workdir) ?? "/";
  const slim = slimStage(context, { program, image, startsIn, user: user.replaces });
  if (typeof slim === "string") return slim;
  return {
    program,
    rung,
    edits: [...build.edits, ...slim.edits],
    drops: [...user.drops, ...slim.drops],
    assumes: [
      ...whyNotSmaller(rung, build.library),
      ...build.assumes,
      ...user.assumes,
      ...afterwards(context, program, rung),
      ...inCompose(context, stage, [path], user.root),
    ],
  };
}

function afterwards(context: FileContext, { stage, start }: CarriedProgram, rung: BareRung): readonly string[] {
  const shell = context.image(stage)?.shell === false ? [] : withoutShell(rung);
  const signals = start.shellForm
    ? [`${start.shellForm.keyword} becomes exec form: the program itself, not a shell, gets the signals.`]
    : [];
  return [...signals, ...shell];
}

function offerOf(context: FileContext, target: string, { program, rung, edits, drops, assumes }: Plan): Offer {
  const after = new FileContext(applyEdits(context.text, edits), context.project);
  const size = after.model.final && estimateImage(after, after.model.final);
  const before = estimateImage(context, program.stage);
  const sizes = size && formatChange(before, size);
  const title = `Ship on ${nameOf(rung, "")}${sizes ? ` (${sizes})` : ""}`;
  const head = { recipe: slimFinalStage.id, target, title, safety: "review" as const, assumes, size };
  return { kind: "offer", ...head, preferred: target === "distroless", change: () => ({ ...head, drops, edits }) };
}
