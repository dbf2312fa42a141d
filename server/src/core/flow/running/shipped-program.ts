import { imageSettings, lineage } from "../../model/image-config";
import type { Stage } from "../../model/model";
import { posix } from "../../model/paths";
import { isWindows } from "../../model/shells";
import { properties } from "../../syntax/ast";
import { known } from "../../text/fact";
import type { Build } from "../../toolchains/toolchain";
import { makeCommands } from "../commands/make";
import type { FileContext } from "../context";
import { journeyOf, type Place, readMove } from "../files/moves";
import { programPath } from "../files/path-folders";
import { whyNoProgram } from "./no-program";
import { baseEntrypoint, type Start, scriptStarted } from "./start";

/** The program that an image starts, and the build that makes it. */
export interface ShippedProgram {
  readonly stage: Stage;
  readonly start: Start;
  /** The words that it is started with. */
  readonly argv: readonly string[];
  /** What a shell sets for it alone: "PORT=8080". */
  readonly env: readonly string[];
  readonly build: Build;
  /** What else the stage builds: each by its build, from where and to where. Set by `withOthers`. */
  readonly others: readonly OtherProgram[];
  /** Where its stage has it at the end, and where it has to stand in another image to be found. Absolute. */
  readonly artifact: string;
  readonly destination: string;
  /** Where it is started in its stage: the artifact, or a link to it. */
  readonly place: string;
  /** The folder that it starts in. */
  readonly workdir: string;
}

/** A program that the stage builds beside the one it starts. */
export interface OtherProgram {
  readonly build: Build;
  readonly artifact: string;
  readonly destination: string;
}

/** The shipped program with all that its stage builds beside it; a sentence where that is not certain. */
export function withOthers(context: FileContext, program: ShippedProgram): ShippedProgram | string {
  const { stage, build, artifact, destination } = program;
  if (build.isTool)
    return "The image starts a tool that is installed by its address and version: such tools often need the toolchain beside them, and their sources are not here.";
  const own = placesOf(context, stage, build).find((places) => places.some(({ file }) => file === artifact)) ?? [];
  // Where the program moves to another folder, those beside it go with it.
  const [from, to] = [posix.dirname(program.place), posix.dirname(destination)];
  const others: OtherProgram[] = [];
  for (const other of context.builds(stage)) {
    if (other.isTool) continue;
    const isStarted = other.run === build.run;
    if (isStarted && "unknown" in other.artifacts) continue;
    if ("unknown" in other.artifacts)
      return `Another build in the stage makes programs that are not known: ${other.artifacts.unknown}.`;
    for (const { path, file } of placesOf(context, stage, other).flat()) {
      if (isStarted && own.some((place) => place.path === path)) continue;
      if (path === artifact || others.some((each) => each.artifact === path))
        return `${path} is built more than once, and which build wins is not certain.`;
      if (!other.run.command.always) return `${path} is built only under a condition, so the image may be without it.`;
      // Beside the program they are found in the way it is.
      const place = posix.dirname(path) === from ? posix.join(to, posix.basename(path)) : path;
      others.push({ build: other, artifact: file, destination: place });
    }
  }
  return { ...program, others };
}

/** The builds whose programs ship, the started one's first. */
export function buildsOf({ build, others }: ShippedProgram): readonly Build[] {
  return [...new Set([build, ...others.map((each) => each.build)])];
}

/** A sentence about an ARG that `--build-arg` may set and that the final stage could only take over as it is today. */
export function frozenArgument({ model, text }: FileContext, program: ShippedProgram): string | undefined {
  const { stage } = program;
  const outputs = buildsOf(program).flatMap(({ run }) => {
    const command = text.slice(run.command.span.start, run.command.span.end);
    const at = command.search(/-o\b/);
    return at < 0 ? [] : [command.slice(at).split(/\s+/, 2).join(" ")];
  });
  for (const { instructions } of lineage(stage)) {
    const names = instructions.filter(({ keyword }) => keyword === "ARG").flatMap((each) => properties(each));
    for (const { name } of names) {
      const uses = new RegExp(`\\$\\{?${name.text.replace(/\W/g, "")}\\b`);
      const settings = [...imageSettings(model, stage).values()].map(({ instruction }) => instruction);
      const used = settings.find(({ body, keyword }) => keyword !== "ENV" && keyword !== "LABEL" && uses.test(body));
      if (used) return `${used.keyword} depends on ARG ${name.text}, which the final stage would not have.`;
      if (outputs.some((output) => uses.test(output))) {
        return `Where the program is built depends on ARG ${name.text}, which the final stage would not have.`;
      }
    }
  }
  return undefined;
}

/** The program of the stage that ships; a sentence where it cannot be told which one that is, or who makes it. */
export function shippedProgram(context: FileContext): ShippedProgram | string {
  const stage = context.model.final;
  if (!stage) return "The file has no stage.";
  if (isWindows(stage)) return "Windows images have no distroless or scratch counterpart.";
  const start = context.start(stage);
  const builds = context.builds(stage);
  const make = builds.length === 0 && start ? notFollowed(context, stage) : undefined;
  if (make) return make;
  const compiler = start?.argv && startedCompiler(start.argv);
  if (compiler)
    return `\`${compiler} run\` compiles the program at each start, and so needs the compiler there; a program that a RUN builds (${BUILDS[compiler]}) can ship alone.`;
  const script = start?.argv && scriptStarted(start.argv);
  if (script)
    return `The image starts the shell script ${script}, which distroless and scratch cannot run; a slim final stage can.`;
  if (builds.length === 0) return whyNoProgram(context, stage);
  if (!start) return "Neither CMD nor ENTRYPOINT says which program the image starts.";
  if (mayInheritEntrypoint(context, stage, start)) return INHERITED;
  const { words: argv, env } = start.assigned ?? { words: start.why ? undefined : start.argv, env: [] };
  const [program] = argv ?? [];
  if (!argv || !program) return start.why ?? "The image starts nothing.";
  const workdir = stage.scope.workdir(stage.instructions.length);
  if (workdir === undefined) return NO_WORKDIR;
  const path = context.searchPath(stage).folders;
  const made = whoMakes(context, stage, program, workdir, path);
  return typeof made === "string" ? made : { stage, start, argv, env, workdir, others: [], ...made };
}

/** Why a Makefile does not tell what it builds. */
function notFollowed(context: FileContext, stage: Stage): string | undefined {
  const view = context.view(stage);
  const run = view.commands.find(({ program }) => program === "make");
  const made = run && makeCommands(run, view);
  return made && "unknown" in made ? `What \`make\` builds cannot be told: ${made.unknown}.` : undefined;
}

const INHERITED =
  "The base image may have an entrypoint that starts the program: it is not known from the catalog. An ENTRYPOINT in this file would say what is started.";
/** Tools whose `run` compiles, and how they build. */
const BUILDS: Readonly<Record<string, string>> = { go: "go build -o", cargo: "cargo build --release" };
const NO_WORKDIR =
  "The folder in which the program starts is not known: the base image is not in the catalog, and no WORKDIR names one.";

function startedCompiler([program = "", verb]: readonly string[]): string | undefined {
  const name = posix.basename(program);
  return Object.hasOwn(BUILDS, name) && verb === "run" ? name : undefined;
}

/** A base that brings an entrypoint starts the program through it; only a base that surely has none is safe. */
export function mayInheritEntrypoint(context: FileContext, stage: Stage, start: Start): boolean {
  return start.entrypoint === undefined && baseEntrypoint(stage, context.image(stage))?.length !== 0;
}

/** A build whose programs are not known by their names: what the image starts, or a step moves, out of their folder is one of them. */
function withGuess(context: FileContext, stage: Stage, build: Build, program: string, workdir: string): Build {
  const { artifacts, mayMake } = build;
  if ("known" in artifacts || !mayMake) return build;
  const view = context.view(stage);
  const moved = view.commands.flatMap((run) => readMove(run, view)?.sources ?? []);
  const guesses = [posix.join(workdir, program), ...moved].filter((path) => mayMake(path));
  return guesses.length > 0 ? { ...build, artifacts: known([...new Set(guesses)]) } : build;
}

function whoMakes(
  context: FileContext,
  stage: Stage,
  program: string,
  workdir: string,
  path: readonly string[],
): Pick<ShippedProgram, "build" | "artifact" | "destination" | "place"> | string {
  const found = context.builds(stage);
  const names = program.includes("/") ? [program] : path.map((folder) => posix.join(folder, program));
  const builds = found.map((build) =>
    names.reduce((each, name) => withGuess(context, stage, each, name, workdir), build),
  );
  for (const build of builds) {
    for (const place of placesOf(context, stage, build).flat()) {
      const destination = programPath(program, workdir, place.path, path);
      if (destination) return { build, artifact: place.file, destination, place: place.path };
    }
  }
  const reason = builds.flatMap(({ artifacts }) => ("unknown" in artifacts ? artifacts.unknown : []))[0];
  if (reason) return `Which program the build makes is not known: ${reason}.`;
  const all = builds.flatMap(({ artifacts }) => ("known" in artifacts ? artifacts.known : [])).join(", ");
  if (!all) return `The image starts ${program}, which the build is not seen to make.`;
  return `The image starts ${program}, but the build makes ${all}: no step is seen to put the program where it is started.`;
}

/** Where each program of a build stands at the end of the stage. */
function placesOf(context: FileContext, stage: Stage, build: Build): readonly (readonly Place[])[] {
  const { artifacts } = build;
  return "known" in artifacts
    ? artifacts.known.map((artifact) => journeyOf(build, artifact, context.view(stage)).places)
    : [];
}
