import { formatChange } from "../../catalog/size";
import type { FileContext } from "../../flow/context";
import { within } from "../../flow/files/copies";
import { isDataPackage, leftBehind, trailOf } from "../../flow/left-behind";
import { type ProgramRest, programRest } from "../../flow/program-rest";
import { type RunTimeFiles, runTimeFiles } from "../../flow/run-time-files";
import {
  buildsOf,
  frozenArgument,
  type ShippedProgram,
  shippedProgram,
  withOthers,
} from "../../flow/running/shipped-program";
import { imageSettings, lineage } from "../../model/image-config";
import type { Stage } from "../../model/model";
import { posix } from "../../model/paths";
import { estimateFinal, estimateImage } from "../../size/estimate";
import { hasNewerGlibc } from "../../toolchains/libc";
import { mergePlans } from "../../toolchains/merge";
import type { BuildPlan } from "../../toolchains/toolchain";
import type { Change, Offer, Refusal } from "../change";
import { afterwards, inCompose, namedTargets, whereItWrites } from "../consequences";
import { finalUser } from "../final-stage";
import { finalHealthcheck } from "../healthcheck";
import { installLines } from "../install-lines";
import {
  CHAINGUARD_STATIC,
  imageOf,
  missingOnScratch,
  nameOf,
  type Rung,
  rungOf,
  slimImageOf,
  whyNotSmaller,
} from "../ladder";
import { type LinkedLibraries, linkedLibraries, packagesSize } from "../linked-libraries";
import { mendFirst } from "../mend-first";
import { restate } from "../restate";
import { installsLibraries, slimPackages } from "../slim-packages";
import { type FinalStage, splitStage } from "../split-stage";
import { withoutPrograms } from "../started-programs";
import { keyword, styleOf } from "../style";
import { fromRest, overridden, UNSEEN_ON_SCRATCH, withHashes } from "./beside";

/** A system is offered beside the others where the stage installs more than what builds, or links with a glibc that no other image has. */
export function programTargets(context: FileContext): readonly string[] {
  const { final } = context.model;
  const links = final && context.builds(final).some(({ toolchain }) => toolchain.linksLibraries);
  const extra =
    final &&
    (installsLibraries(context, final) || (links && hasNewerGlibc(context.view(final))) || startsOthers(context));
  return ["distroless", ...(extra ? ["slim"] : []), "scratch"];
}

/** A program that starts others needs a system. */
function startsOthers(context: FileContext): boolean {
  const program = shippedProgram(context);
  const plan = typeof program === "string" ? program : planAll(context, program);
  return typeof plan !== "string" && withoutPrograms(plan) !== undefined;
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
  const first = mendFirst(context);
  if (first) return first;
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
  const system = rung === "slim" ? undefined : withoutPrograms(plan);
  if (system) return system;
  const misfit = rung === "slim" ? undefined : plan.library?.misfit;
  if (misfit) return misfit;
  if (target === "chainguard" && plan.library)
    return `The program needs the C library (${plan.library.why}), and Chainguard's free image of that moves to a newer one by itself; distroless ${rung} has it.`;
  const libraries = linkedLibraries(context, program, plan, rung);
  if (typeof libraries === "string") return libraries;
  const files = filesBeside(context, program, plan, rung);
  if (typeof files === "string") return files;
  const namesZone =
    imageSettings(context.model, stage).has("ENV TZ") ||
    files.rest.zone !== undefined ||
    program.env.some((each) => each.startsWith("TZ="));
  const lacking = target === "scratch" ? missingOnScratch(plan, files.needs, namesZone) : undefined;
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

interface FilesBeside extends RunTimeFiles {
  readonly rest: ProgramRest;
}

/** The files that come along; a sentence where something else would be left behind. */
function filesBeside(context: FileContext, program: ShippedProgram, plan: BuildPlan, rung: Rung): FilesBeside | string {
  const { stage } = program;
  const builds = buildsOf(program);
  const links = builds.every(({ toolchain }) => toolchain.linksLibraries);
  const accounts = rung === "slim" ? "all" : links ? "libraries" : "tools";
  const shipped = { builds, closed: plan.closed, linked: plan.library !== undefined, accounts } as const;
  const trail = trailOf(context, stage, builds);
  const rest = leftBehind(context, stage, shipped, trail) ?? programRest(context, stage, shipped, trail);
  if (typeof rest === "string") return rest;
  const lookup = rest.makesUsers && plan.needs.find(({ what }) => what === "users");
  if (lookup)
    return `The program may look up a user (${lookup.why}) that \`${rest.makesUsers}\` makes, and the final image would not know.`;
  const found = runTimeFiles(context, program, plan, rest);
  return typeof found === "string" ? found : { ...found, rest };
}

/** What is known before the final stage is written. */
interface Prepared {
  readonly program: ShippedProgram;
  readonly build: BuildPlan;
  readonly rung: Rung;
  readonly libraries: LinkedLibraries;
  readonly files: FilesBeside;
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
  const lost = files.rest.given.find((path) => within(path, workdir) !== undefined);
  if (lost && !files.ownsFolder && !build.closed && !user.root)
    return `A step gives ${lost} to the program's user, and the folder in which the program starts would be root's in the final stage; with the program in it, it could be given too.`;
  if (target === "chainguard" && user.root)
    return `Chainguard's static has no tag for root, and the program stays root; ${imageOf("static", true)} has one.`;
  const own = rung === "slim" ? slimImageOf(context.image(stage)) : imageOf(rung, user.root);
  const image = target === "chainguard" ? CHAINGUARD_STATIC : own;
  if (!image) return "Which smaller image of this system there is, with a shell and a package manager, is not known.";
  if (rung === "slim" && files.rest.zone !== undefined && image.startsWith("ubuntu:"))
    return `A step sets the time zone ${files.rest.zone}, and ${image} has none.`;
  const packages = rung === "slim" ? slimPackages(context, program, build, libraries, image) : [];
  if (typeof packages === "string") return packages;
  const startsOthers = build.starts !== undefined && build.starts.length > 0;
  if (rung === "slim" && startsOthers && user.drops.length > 0)
    return `The programs that this one starts may look up their user (${last}), whom the final image would not know; USER with a number (65532) works there.`;
  if (rung === "slim" && !startsOthers && packages.every(isDataPackage) && !build.library?.misfit)
    return `${nameOf(rungOf("distroless", build.library), "")} has all that the program needs of its image: a system would add nothing that it uses.`;
  const zone = files.rest.zone;
  const env = [...(zone === undefined ? [] : [`TZ=${zone}`]), ...program.env];
  const variables = env.map((each) => `${keyword(style, "ENV")} ${each}`);
  const form = start.shellForm?.keyword as "CMD" | "ENTRYPOINT" | undefined;
  const exec = form ? [{ key: form, name: "", why: "it moves as exec form, for the final image has no shell" }] : [];
  return {
    program,
    build,
    rung,
    libraries:
      rung === "slim"
        ? { ...libraries, size: packagesSize(packages, context.view(stage).baseRelease ?? "") }
        : libraries,
    final: {
      image,
      system: installLines("apt", packages, false, style),
      gather: libraries.gather,
      copies: rung === "slim" ? files.copies.flatMap(withHashes) : files.copies,
      apart: files.apart,
      ownsFolder: files.ownsFolder && user.owner !== undefined,
      writable,
      owner: user.owner,
      lines: [...settings.lines, ...variables, ...health.lines, ...user.lines],
    },
    assumes: [
      ...whyNotSmaller(rung, build.library),
      ...libraries.assumes,
      ...build.assumes,
      ...(rung === "scratch" && !build.seen ? [UNSEEN_ON_SCRATCH] : []),
      ...files.assumes,
      ...fromRest(files.rest, files.copies),
      ...user.assumes,
      ...whereItWrites(build.home, writable, user.root),
      ...afterwards(program, rung),
      ...namedTargets(context, stage),
      ...inCompose(context, stage, [destination, ...program.others.map((each) => each.destination)], user.root),
    ],
    drops: [...settings.drops, ...health.drops, ...user.drops, ...exec, ...overridden(program.env)],
  };
}

/** The rewrite of what a stage builds and starts itself, for one family of final images. */
export function offerProgram(context: FileContext, recipe: string, target: string): Offer | Refusal {
  const plan = preflight(context, target);
  return typeof plan === "string"
    ? { kind: "refusal", recipe, target, reason: plan }
    : offerOf(context, recipe, target, plan);
}

function offerOf(context: FileContext, recipe: string, target: string, plan: Plan): Offer {
  const { program, build, final, rung, assumes, drops } = plan;
  const size = estimateFinal(context, program, build, { ...final, libraries: plan.libraries.size });
  const before = estimateImage(context, program.stage);
  const sizes = formatChange(before, size);
  const title = `Build in its own stage, ship on ${target === "chainguard" ? "Chainguard's static" : nameOf(rung, final.image)}${sizes ? ` (${sizes})` : ""}`;
  const head = { recipe, target, title, safety: "review" as const, assumes, size };
  const edits = () => [...build.edits, ...splitStage(context, program, final)];
  return {
    kind: "offer",
    ...head,
    preferred: target === "distroless" || (target === "slim" && typeof preflight(context, "distroless") === "string"),
    change: () => ({ ...head, drops, edits: edits() }),
  };
}

function volumes({ model }: FileContext, stage: Stage): readonly string[] {
  return [...imageSettings(model, stage).values()].flatMap(({ key, name }) =>
    key === "VOLUME" ? posix.join("/", name) : [],
  );
}
