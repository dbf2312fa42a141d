import { formatChange } from "../catalog/size";
import type { FileContext } from "../flow/context";
import { copiedByName } from "../flow/files/copied-data";
import { missingCopies } from "../flow/files/missing-copies";
import { isDataPackage, leftBehind } from "../flow/left-behind";
import { type RunTimeFiles, runTimeFiles } from "../flow/run-time-files";
import type { ShippedApp } from "../flow/running/shipped-app";
import {
  buildsOf,
  frozenArgument,
  type ShippedProgram,
  shippedProgram,
  withOthers,
} from "../flow/running/shipped-program";
import { imageSettings, lineage } from "../model/image-config";
import type { Stage } from "../model/model";
import { posix } from "../model/paths";
import { problemsOf } from "../model/problems";
import { offerApp } from "../rewrite/app/plan";
import { needsStage } from "../rewrite/app/way";
import { aptInstall } from "../rewrite/apt-install";
import type { Change, Offer, Refusal } from "../rewrite/change";
import { afterwards, inCompose, namedTargets, whereItWrites } from "../rewrite/consequences";
import { finalUser } from "../rewrite/final-stage";
import { finalHealthcheck } from "../rewrite/healthcheck";
import { imageOf, missingOnScratch, nameOf, type Rung, rungOf, slimImageOf, whyNotSmaller } from "../rewrite/ladder";
import { type LinkedLibraries, linkedLibraries } from "../rewrite/linked-libraries";
import { restate } from "../rewrite/restate";
import { installsLibraries, slimPackages } from "../rewrite/slim-packages";
import { type FinalStage, splitStage } from "../rewrite/split-stage";
import { styleOf } from "../rewrite/style";
import { estimateFinal, estimateImage } from "../size/estimate";
import type { AppTarget } from "../toolchains/app";
import { hasNewerGlibc } from "../toolchains/libc";
import { mergePlans } from "../toolchains/merge";
import type { BuildPlan } from "../toolchains/toolchain";
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
    if (typeof app === "object") return needsStage(app);
    return stages.length === 1 || context.builds(final).length > 0;
  },
  offer(context, target) {
    const app = appOf(context);
    if (app) return offerShipped(context, app, target);
    const refuse = (reason: string): Refusal => ({ kind: "refusal", recipe: this.id, target, reason });
    const plan = preflight(context, target);
    if (typeof plan === "string") return refuse(plan);
    return RUNGLESS.has(target)
      ? refuse(`No final image of ${target} is known for this program.`)
      : offerOf(context, target, plan);
  },
};

/** Families for programs that a runtime starts. */
const RUNGLESS = new Set(["chainguard", "jlink"]);

/** A system is offered beside the others where the stage installs more than what builds, or links with a glibc that no other image has. */
function programTargets(context: FileContext): readonly string[] {
  const { final } = context.model;
  const links = final && context.builds(final).some(({ toolchain }) => toolchain.linksLibraries);
  const extra = final && (installsLibraries(context, final) || (links && hasNewerGlibc(context.view(final))));
  return ["distroless", ...(extra ? ["slim"] : []), "scratch"];
}

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

/** All that the rewrite needs to know. */
interface Plan {
  readonly program: ShippedProgram;
  readonly build: BuildPlan;
  readonly rung: Rung;
  readonly libraries: LinkedLibraries;
  readonly final: FinalStage;
  readonly assumes: readonly string[];
  readonly drops: Change["drops"];
}

/** The plan, or the sentence that says why the rewrite is not safe. */
function preflight(context: FileContext, target: string): Plan | string {
  const problem = problemsOf(context.model).find(({ certain }) => certain);
  if (problem && context.model.final) {
    return `BuildKit would reject the file as it stands (${problem.message}); that comes first.`;
  }
  const [missing] = missingCopies(context);
  if (missing) return missing.message;
  const alone = shippedProgram(context);
  if (typeof alone === "string") return alone;
  const { stage, build } = alone;
  if (lineage(stage).some(({ instructions }) => instructions.some(({ keyword }) => keyword === "ONBUILD"))) {
    return "ONBUILD instructions make this image a base for others, which want the build tools.";
  }
  if (!build.run.command.always)
    return "The build runs only under a condition, so the program may come from elsewhere.";
  const program = withOthers(context, alone);
  if (typeof program === "string") return program;
  const frozen = frozenArgument(context, program);
  if (frozen) return frozen;
  const plan = planAll(context, program);
  if (typeof plan === "string") return plan;
  const rung = target === "slim" ? target : rungOf(target, plan.library);
  const misfit = rung === "slim" ? undefined : plan.library?.misfit;
  if (misfit) return misfit;
  const libraries = linkedLibraries(context, program, plan, rung);
  if (typeof libraries === "string") return libraries;
  const files = filesBeside(context, program, plan, rung);
  if (typeof files === "string") return files;
  const lacking =
    target === "scratch"
      ? missingOnScratch(plan, files.needs, imageSettings(context.model, stage).has("ENV TZ"))
      : undefined;
  return lacking ?? finish(context, target, { program, build: plan, rung, libraries, files });
}

/** What the programs of all builds of the stage ask for, together. */
function planAll(context: FileContext, program: ShippedProgram): BuildPlan | string {
  const view = context.view(program.stage);
  const plans: BuildPlan[] = [];
  for (const build of buildsOf(program)) {
    const plan = build.toolchain.plan(build, view, context.text);
    if (typeof plan === "string") return plan;
    plans.push(plan);
  }
  return mergePlans(plans);
}

/** The files that come along; a sentence where something else would be left behind. */
function filesBeside(
  context: FileContext,
  program: ShippedProgram,
  plan: BuildPlan,
  rung: Rung,
): RunTimeFiles | string {
  const { stage } = program;
  const builds = buildsOf(program);
  const links = builds.every(({ toolchain }) => toolchain.linksLibraries);
  const accounts = rung === "slim" ? "all" : links ? "libraries" : "tools";
  const lost = leftBehind(context, stage, { builds, seen: plan.seen, closed: plan.closed, accounts });
  if (lost) return lost;
  const brought = plan.seen && !plan.closed ? copiedByName(context, stage) : [];
  if (typeof brought === "string") return brought;
  const reads = brought.map((path) => ({ path, shape: "file" as const, by: "COPY" }));
  return runTimeFiles(context, program, { ...plan, reads: [...plan.reads, ...reads] });
}

/** What is known before the final stage is written. */
interface Prepared {
  readonly program: ShippedProgram;
  readonly build: BuildPlan;
  readonly rung: Rung;
  readonly libraries: LinkedLibraries;
  readonly files: RunTimeFiles;
}

/** What the final stage has to say, or why that cannot be said. */
function finish(
  context: FileContext,
  target: string,
  { program, build, rung, libraries, files }: Prepared,
): Plan | string {
  const { stage, artifact, place, destination, workdir, start } = program;
  const { toolchain } = program.build;
  const style = styleOf(context.syntax);
  const settings = restate(context.model, stage, style, (name) => toolchain.isBuildVariable(name));
  if (typeof settings === "string") return settings;
  const health = finalHealthcheck(context, { stage, from: place, to: destination, workdir }, style);
  if (typeof health === "string") return health;
  const asks = { paths: [artifact, workdir], root: files.root ?? build.root, home: build.home };
  const user = finalUser(context.model, stage, target, asks, style);
  if (typeof user === "string") return user;
  const last = stage.scope.user(stage.instructions.length) || "root";
  // Root may write to a volume as it comes, and makes what it wants.
  const writable = files.writable.filter(({ isVolume, byProgram }) => !((isVolume || byProgram) && user.root));
  const unmade = writable.find(({ make }) => make);
  const isRoot = /^(?:root|0)(?::|$)/.test(last);
  if (libraries.gather && !isRoot)
    return `The program's libraries would have to be gathered by ${last}, who may not; a slim final stage can install them.`;
  if (unmade && !isRoot)
    return `${unmade.path}, where the program writes, would have to be made by ${last}, who may not; RUN mkdir above USER would do.`;
  const shut = user.root
    ? undefined
    : volumes(context, stage).find((path) => !writable.some((each) => each.path === path));
  if (shut)
    return `The folder of VOLUME ${shut} may be ${last}'s in this stage, and would be root's in the final one, where ${last} could not write.`;
  const image = rung === "slim" ? slimImageOf(context.image(stage)) : imageOf(rung, user.root);
  if (!image) return "Which smaller image of this system there is, with a shell and a package manager, is not known.";
  const packages = rung === "slim" ? slimPackages(context, program, build, libraries) : [];
  if (typeof packages === "string") return packages;
  if (rung === "slim" && packages.every(isDataPackage) && !build.library?.misfit)
    return `${nameOf(rungOf("distroless", build.library), "")} has all that the program needs of its image: a system would add nothing that it uses.`;
  const form = start.shellForm?.keyword as "CMD" | "ENTRYPOINT" | undefined;
  const exec = form ? [{ key: form, name: "", why: "it moves as exec form, for the final image has no shell" }] : [];
  return {
    program,
    build,
    rung,
    libraries,
    final: {
      image,
      system: aptInstall(packages, false, style),
      gather: libraries.gather,
      copies: files.copies,
      writable,
      owner: user.owner,
      lines: [...settings.lines, ...health.lines, ...user.lines],
    },
    assumes: [
      ...whyNotSmaller(rung, build.library),
      ...libraries.assumes,
      ...build.assumes,
      ...files.assumes,
      ...user.assumes,
      ...whereItWrites(build.home, writable, user.root),
      ...afterwards(program, rung),
      ...namedTargets(context, stage),
      ...inCompose(context, stage, [destination, ...program.others.map((each) => each.destination)], user.root),
    ],
    drops: [...settings.drops, ...health.drops, ...user.drops, ...exec],
  };
}

function offerOf(context: FileContext, target: string, plan: Plan): Offer {
  const { program, build, final, rung, assumes, drops } = plan;
  const size = estimateFinal(context, program, build, { ...final, libraries: plan.libraries.size });
  const before = estimateImage(context, program.stage);
  const sizes = formatChange(before, size);
  const title = `Build in its own stage, ship on ${nameOf(rung, final.image)}${sizes ? ` (${sizes})` : ""}`;
  const head = { recipe: splitBuildStage.id, target, title, safety: "review" as const, assumes, size };
  const edits = () => [...build.edits, ...splitStage(context, program, final)];
  return {
    kind: "offer",
    ...head,
    preferred: target === "distroless",
    change: () => ({ ...head, drops, edits: edits() }),
  };
}

function volumes({ model }: FileContext, stage: Stage): readonly string[] {
  return [...imageSettings(model, stage).values()].flatMap(({ key, name }) =>
    key === "VOLUME" ? posix.join("/", name) : [],
  );
}
