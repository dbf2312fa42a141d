import { findImage } from "../catalog/catalog";
import { parseReference } from "../catalog/reference";
import { formatSize } from "../catalog/size";
import type { FileContext } from "../flow/context";
import { leftBehind } from "../flow/left-behind";
import { pathFolders, programPath, type Start } from "../flow/start";
import { imageSettings } from "../model/image-config";
import type { Stage } from "../model/model";
import type { Change, Offer, Refusal, RewriteEdit } from "../rewrite/change";
import { type FinalUser, finalHealthcheck, finalUser } from "../rewrite/final-stage";
import { placeStage } from "../rewrite/placement";
import { restate } from "../rewrite/restate";
import { jsonForm, keyword, type Style, styleOf, writtenLower } from "../rewrite/style";
import { estimateFinal, estimateImage } from "../size/estimate";
import { grammarProblems } from "../syntax/grammar";
import type { Build, BuildPlan } from "../toolchains/toolchain";
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
  offer(context, target) {
    const prepared = prepare(context, target);
    if (typeof prepared === "string") return { kind: "refusal", recipe: this.id, target, reason: prepared };
    return offerOf(context, target, prepared);
  },
};

/** Google's smallest image; debian13 is what it builds today (catalog/distroless). */
const STATIC = "gcr.io/distroless/static-debian13";

interface Prepared {
  readonly stage: Stage;
  readonly build: Build;
  readonly plan: BuildPlan;
  readonly start: Start;
  /** The program in the build stage, and where it comes to stand in the final one. */
  readonly artifact: string;
  readonly destination: string;
  readonly workdir: string;
  readonly image: string;
  readonly user: FinalUser;
  readonly lines: readonly string[];
  readonly drops: Change["drops"];
  readonly assumes: readonly string[];
}

/** All that the rewrite needs to know, or the sentence that says why it is not safe. */
function prepare(context: FileContext, target: string): Prepared | string {
  const stage = context.model.final;
  if (!stage) return "The file has no stage.";
  const [problem] = [...context.syntax.problems, ...grammarProblems(context.syntax)];
  if (problem) return `BuildKit would reject the file as it stands (${problem.message}); that comes first.`;
  const builds = context.builds(stage);
  if (builds.length === 0)
    return context.start(stage)
      ? "No command in the shipped stage is known to build a program."
      : "The image starts no program of its own.";
  const start = context.start(stage);
  if (!start) return "Neither CMD nor ENTRYPOINT says which program the image starts.";
  const entrypoint = inheritedEntrypoint(context, stage, start);
  if (entrypoint) return entrypoint;
  if (!start.argv?.[0]) return start.why ?? "The image starts nothing.";
  const workdir = stage.scope.workdir(stage.instructions.length);
  if (workdir === undefined)
    return "The folder in which the program starts is not known: the base image is not in the catalog, and no WORKDIR names one.";
  const found = findArtifact(
    builds,
    start.argv[0],
    workdir,
    pathFolders(context.model, stage, context.image(stage)?.name),
  );
  if (typeof found === "string") return found;
  if (stage.instructions.some((instruction) => instruction.keyword === "ONBUILD"))
    return "ONBUILD instructions make this image a base for others, which want the build tools.";
  return complete(context, target, { stage, start, workdir, ...found });
}

/** A base that brings an entrypoint starts the program through it; only a base that surely has none is safe. */
function inheritedEntrypoint(context: FileContext, stage: Stage, start: Start): string | undefined {
  if (start.instructions.some((instruction) => instruction.keyword === "ENTRYPOINT")) return undefined;
  const image = context.image(stage);
  if (image?.role === "os" || image?.name === "golang" || image?.entrypoint?.length === 0) return undefined;
  return "The base image may have an entrypoint that starts the program: it is not known from the catalog. An ENTRYPOINT in this file would say what is started.";
}

function findArtifact(
  builds: readonly Build[],
  program: string,
  workdir: string,
  path: readonly string[],
): { build: Build; artifact: string; destination: string } | string {
  let reason: string | undefined;
  for (const build of builds) {
    if ("unknown" in build.artifacts) {
      reason ??= `Which program the build makes is not known: ${build.artifacts.unknown}.`;
      continue;
    }
    for (const artifact of build.artifacts.known) {
      const destination = programPath(program, workdir, artifact, path);
      if (destination) return { build, artifact, destination };
    }
  }
  const made = builds.flatMap(({ artifacts }) => ("known" in artifacts ? artifacts.known : [])).join(", ");
  return (
    reason ??
    (made
      ? `The image starts ${program}, but the build makes ${made}: no step is seen to put the program where it is started.`
      : `The image starts ${program}, which the build is not seen to make.`)
  );
}

type Found = Pick<Prepared, "stage" | "start" | "workdir" | "build" | "artifact" | "destination">;

function complete(context: FileContext, target: string, found: Found): Prepared | string {
  const { stage, build, artifact, workdir } = found;
  if (!build.run.command.always)
    return "The build runs only under a condition, so the program may come from elsewhere.";
  const plan = build.toolchain.plan(build, context.view(stage), context.text);
  if (typeof plan === "string") return plan;
  const stays = leftBehind(context, stage, build, artifact, plan.seen && plan.notOnScratch === undefined);
  if (stays) return stays;
  if (target === "scratch") {
    const missing = onScratch(context, stage, plan);
    if (missing) return missing;
  }
  const style = styleOf(context.syntax);
  const settings = restate(context.model, stage, style, (name) => build.toolchain.isBuildVariable(name));
  if (typeof settings === "string") return settings;
  const health = finalHealthcheck(context.model, stage, found.destination, style);
  if (typeof health === "string") return health;
  const user = finalUser(context.model, stage, target, [artifact, workdir], style);
  if (typeof user === "string") return user;
  const image = target === "scratch" ? "scratch" : STATIC + (user.root ? "" : ":nonroot");
  const assumes = [...plan.assumes, ...user.assumes, ...afterwards(found, target)];
  return {
    ...found,
    plan,
    image,
    user,
    lines: [...settings.lines, ...health],
    drops: [...settings.drops, ...user.drops, ...execDrop(found.start)],
    assumes,
  };
}

const NEEDS: Readonly<Record<BuildPlan["needs"][number]["what"], string>> = {
  certificates: "CA certificates",
  zones: "time zones",
  users: "/etc/passwd",
  temp: "/tmp",
};

function onScratch(context: FileContext, stage: Stage, plan: BuildPlan): string | undefined {
  const zone = imageSettings(context.model, stage).has("ENV TZ");
  if (zone) return "ENV TZ names a time zone, and scratch has none; distroless static has them.";
  const need = plan.needs[0];
  if (need)
    return `The program wants ${NEEDS[need.what]} (${need.why}), which scratch has not; distroless static has them.`;
  return plan.notOnScratch;
}

/** What will be different, whatever the program. */
function afterwards({ start }: Found, target: string): readonly string[] {
  const debug =
    target === "scratch" ? "`docker debug` brings one" : `\`docker debug\` or the tag :debug of ${STATIC} brings one`;
  const shell = `There is no shell in the final image; ${debug}.`;
  return start.shellForm
    ? [`${start.shellForm.keyword} becomes exec form: the program itself, not a shell, gets the signals.`, shell]
    : [shell];
}

function execDrop({ shellForm }: Start): Change["drops"] {
  return shellForm
    ? [
        {
          key: shellForm.keyword as "CMD" | "ENTRYPOINT",
          name: "",
          why: "it moves as exec form, for the final image has no shell",
        },
      ]
    : [];
}

function offerOf(context: FileContext, target: string, prepared: Prepared): Offer | Refusal {
  const { stage, plan } = prepared;
  const size = estimateFinal(plan, prepared.image, context.image(stage)?.languageVersion);
  const before = estimateImage(context, stage);
  const where = target === "scratch" ? "on scratch" : "on distroless static";
  const sizes = before.bytes === null ? formatSize(size) : `${formatSize(before)} → ${formatSize(size)}`;
  const title = `Build in its own stage, ship ${where} (${sizes})`;
  const head = {
    recipe: splitBuildStage.id,
    target,
    title,
    safety: "review" as const,
    assumes: prepared.assumes,
    size,
  };
  return {
    kind: "offer",
    ...head,
    preferred: target === "distroless",
    change: () => ({ ...head, drops: prepared.drops, edits: editsOf(context, prepared) }),
  };
}

function editsOf(context: FileContext, prepared: Prepared): readonly RewriteEdit[] {
  const { stage, start, plan } = prepared;
  const style = styleOf(context.syntax);
  const name = stage.name?.text ?? freeName(context);
  const execForm = start.shellForm && start.argv ? { instruction: start.shellForm, argv: start.argv } : undefined;
  const placed = placeStage(
    context.syntax,
    stage,
    { lines: finalLines(context, prepared, name, style), start: start.instructions, execForm },
    style,
  );
  return [...nameEdit(context, stage, name), ...plan.edits, ...placed];
}

function nameEdit(context: FileContext, stage: Stage, name: string): readonly RewriteEdit[] {
  const at = stage.base.token?.span.end;
  if (stage.name || at === undefined) return [];
  const as = writtenLower(context.syntax, stage.from) ? "as" : "AS";
  return [
    { kind: "names-stage", note: `names the stage ${name}`, span: { start: at, end: at }, text: ` ${as} ${name}` },
  ];
}

/** A name that no stage has and that no COPY or FROM means something else by. */
function freeName(context: FileContext): string {
  const taken = context.text.toLowerCase();
  const isTaken = (name: string) =>
    taken.includes(`=${name}`) ||
    context.model.stages.some(
      (stage) => stage.name?.text.toLowerCase() === name || stage.base.token?.text.toLowerCase() === name,
    );
  return ["build", "builder", "compile"].find((name) => !isTaken(name)) ?? `build-${context.model.stages.length}`;
}

function finalLines(context: FileContext, prepared: Prepared, name: string, style: Style): readonly string[] {
  const { artifact, destination, image, user, workdir, stage } = prepared;
  const word = (text: string) => keyword(style, text);
  const reference = parseReference(image);
  const base = (reference && findImage(reference)?.workdir) ?? "/";
  const paths = /\s/.test(artifact + destination) ? jsonForm([artifact, destination]) : `${artifact} ${destination}`;
  return [
    `${word("FROM")} ${platformOf(context, stage)}${image}`,
    ...(workdir === base ? [] : [`${word("WORKDIR")} ${workdir}`]),
    `${word("COPY")} --from=${name} ${paths}`,
    ...prepared.lines,
    ...user.lines,
  ];
}

/** The platform stays the author's, but for a stage that builds on its own platform for another one. */
function platformOf(context: FileContext, stage: Stage): string {
  const { platform } = stage;
  if (!platform) return "";
  const crosses = /\$\{?BUILDPLATFORM\b/.test(platform.value ?? "") && /\bGOARCH\b/.test(context.text);
  return crosses || /\$\{?TARGETPLATFORM\b/.test(platform.value ?? "") ? "" : `--platform=${platform.value ?? ""} `;
}
