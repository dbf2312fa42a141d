import { formatSize } from "../catalog/size";
import type { FileContext } from "../flow/context";
import { leftBehind } from "../flow/left-behind";
import { frozenArgument, otherPrograms, type ShippedProgram, shippedProgram } from "../flow/shipped-program";
import { imageSettings, lineage } from "../model/image-config";
import type { Change, Offer } from "../rewrite/change";
import { finalHealthcheck, finalUser } from "../rewrite/final-stage";
import { restate } from "../rewrite/restate";
import { type FinalStage, splitStage } from "../rewrite/split-stage";
import { styleOf } from "../rewrite/style";
import { estimateFinal, estimateImage } from "../size/estimate";
import { grammarProblems } from "../syntax/grammar";
import type { BuildPlan, Need } from "../toolchains/toolchain";
import type { Recipe } from "./recipe";

/**
 * One stage that builds and ships becomes two: the author's own, and a final stage that holds the program alone.
 * `distroless` is distroless static (certificates, zones, users, /tmp and a user that is not root); `scratch` is nothing.
 */
export const splitBuildStage: Recipe = {
  id: "split-build-stage",
  title: "Build in its own stage",
  targets: ["distroless", "scratch"],
  removes: ["missing-build-stage", "bloated-base-image"],
  suits: (context) =>
    context.model.stages.length === 1 ||
    (context.model.final !== undefined && context.builds(context.model.final).length > 0),
  offer(context, target) {
    const plan = preflight(context, target);
    if (typeof plan === "string") return { kind: "refusal", recipe: this.id, target, reason: plan };
    return offerOf(context, target, plan);
  },
};

/** Google's smallest image; debian13 is what it builds today (catalog/distroless). */
const STATIC = "gcr.io/distroless/static-debian13";

/** All that the rewrite needs to know. */
interface Plan {
  readonly program: ShippedProgram;
  readonly build: BuildPlan;
  readonly final: FinalStage;
  readonly assumes: readonly string[];
  readonly drops: Change["drops"];
}

/** The plan, or the sentence that says why the rewrite is not safe. */
function preflight(context: FileContext, target: string): Plan | string {
  const [problem] = [...context.syntax.problems, ...grammarProblems(context.syntax)];
  if (problem && context.model.final) {
    return `BuildKit would reject the file as it stands (${problem.message}); that comes first.`;
  }
  const program = shippedProgram(context);
  if (typeof program === "string") return program;
  const { stage, build, artifact } = program;
  if (lineage(stage).some(({ instructions }) => instructions.some(({ keyword }) => keyword === "ONBUILD"))) {
    return "ONBUILD instructions make this image a base for others, which want the build tools.";
  }
  if (!build.run.command.always)
    return "The build runs only under a condition, so the program may come from elsewhere.";
  const others = otherPrograms(context, program) ?? frozenArgument(context, program);
  if (others) return others;
  const plan = build.toolchain.plan(build, context.view(stage), context.text);
  if (typeof plan === "string") return plan;
  const closed = plan.seen && plan.notOnScratch === undefined;
  const missing = target === "scratch" ? missingOnScratch(context, program, plan) : undefined;
  return leftBehind(context, stage, build, artifact, closed) ?? missing ?? finish(context, target, program, plan);
}

const NEEDS: Readonly<Record<Need["what"], string>> = {
  certificates: "CA certificates",
  zones: "time zones",
  users: "/etc/passwd",
  temp: "/tmp",
};

function missingOnScratch({ model }: FileContext, { stage }: ShippedProgram, plan: BuildPlan): string | undefined {
  if (imageSettings(model, stage).has("ENV TZ")) {
    return "ENV TZ names a time zone, and scratch has none; distroless static has them.";
  }
  const [need] = plan.needs;
  if (!need) return plan.notOnScratch;
  return `The program wants ${NEEDS[need.what]} (${need.why}): scratch has none, distroless static has.`;
}

/** What the final stage has to say, or why that cannot be said. */
function finish(context: FileContext, target: string, program: ShippedProgram, build: BuildPlan): Plan | string {
  const { stage, artifact, destination, workdir, start } = program;
  const { toolchain } = program.build;
  const style = styleOf(context.syntax);
  const settings = restate(context.model, stage, style, (name) => toolchain.isBuildVariable(name));
  if (typeof settings === "string") return settings;
  const health = finalHealthcheck(context.model, stage, destination, style);
  if (typeof health === "string") return health;
  const user = finalUser(context.model, stage, target, [artifact, workdir], style);
  if (typeof user === "string") return user;
  const form = start.shellForm?.keyword as "CMD" | "ENTRYPOINT" | undefined;
  const exec = form ? [{ key: form, name: "", why: "it moves as exec form, for the final image has no shell" }] : [];
  return {
    program,
    build,
    final: {
      image: target === "scratch" ? "scratch" : STATIC + (user.root ? "" : ":nonroot"),
      lines: [...settings.lines, ...health, ...user.lines],
    },
    assumes: [...build.assumes, ...user.assumes, ...afterwards(program, target)],
    drops: [...settings.drops, ...user.drops, ...exec],
  };
}

/** What will be different, whatever the program. */
function afterwards({ start, stage }: ShippedProgram, target: string): readonly string[] {
  const debug =
    target === "scratch" ? "`docker debug` brings one" : `\`docker debug\` or the tag :debug of ${STATIC} brings one`;
  const shell = `There is no shell in the final image; ${debug}.`;
  const renamed = `\`--target ${stage.name?.text}\` builds the build stage from now on; the last stage is what ships.`;
  const named = stage.name ? [renamed, shell] : [shell];
  if (!start.shellForm) return named;
  const { keyword } = start.shellForm;
  const args = keyword === "ENTRYPOINT" ? "the signals, and what follows the image in `docker run`" : "the signals";
  return [`${keyword} becomes exec form: the program itself, not a shell, gets ${args}.`, ...named];
}

function offerOf(context: FileContext, target: string, plan: Plan): Offer {
  const { program, build, final, assumes, drops } = plan;
  const size = estimateFinal(build, final.image, context.image(program.stage));
  const before = estimateImage(context, program.stage);
  const from = before.bytes === null && !before.low ? "" : `${formatSize(before)} → `;
  const where = target === "scratch" ? "on scratch" : "on distroless static";
  const title = `Build in its own stage, ship ${where} (${from}${formatSize(size)})`;
  const head = { recipe: splitBuildStage.id, target, title, safety: "review" as const, assumes, size };
  const edits = () => [...build.edits, ...splitStage(context, program, final)];
  return {
    kind: "offer",
    ...head,
    preferred: target === "distroless",
    change: () => ({ ...head, drops, edits: edits() }),
  };
}
