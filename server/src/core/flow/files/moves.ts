import { matchesPattern, posix } from "../../model/paths";
import { mountsOf } from "../../syntax/mounts";
import type { Build, RunCommand, StageView } from "../../toolchains/toolchain";
import { within } from "./copies";

/** Where a program stands at the end of its stage. */
export interface Place {
  readonly path: string;
  /** The file to copy from there: `path` itself, or what it links to. */
  readonly file: string;
  /** The command that put it there: the build, or one that moves, copies or links. */
  readonly by: RunCommand;
}

/** A program from the build that makes it to the end of its stage. */
export interface Journey {
  readonly places: readonly Place[];
  /** All paths at which it has stood. */
  readonly trail: readonly string[];
  /** The commands that moved, copied or linked it, or removed it, and did nothing else to it. */
  readonly moves: readonly RunCommand[];
}

const known = new WeakMap<Build, ReadonlyMap<string, Journey>>();

/** Follows a program of a build through the `mv`, `cp`, `install`, `ln` and `rm` of its stage. */
export function journeyOf(build: Build, artifact: string, view: StageView): Journey {
  const journeys = known.get(build) ?? new Map<string, Journey>();
  const journey = journeys.get(artifact) ?? follow(build, artifact, view);
  known.set(build, new Map([...journeys, [artifact, journey]]));
  return journey;
}

function follow({ run: by }: Build, artifact: string, view: StageView): Journey {
  let places: readonly Place[] = [{ path: artifact, file: artifact, by }];
  const trail = new Set([artifact]);
  const moves: RunCommand[] = [];
  let before = by;
  for (const run of view.commands.slice(view.commands.indexOf(by) + 1)) {
    if (run.instruction !== before.instruction) places = withoutMounted(places, before);
    before = run;
    const move = readMove(run, view);
    const sources = move ? places.filter(({ path }) => move.sources.includes(path)) : [];
    const left = places.filter(({ path, file }) => !takesAway(run, path) && !takesAway(run, file));
    const added = sources.flatMap(({ path, file }): readonly Place[] => {
      const target = move?.intoFolder ? posix.join(move.target, posix.basename(path)) : (move?.target ?? path);
      return [{ path: target, file: move?.links ? file : target, by: run }];
    });
    if (added.length > 0 || left.length < places.length) moves.push(run);
    places = [...left.filter(({ path }) => !added.some((each) => each.path === path)), ...added];
    for (const { path } of added) trail.add(path);
  }
  return { places: withoutMounted(places, before), trail: [...trail], moves };
}

/** The command moves, copies or links nothing but what stood at one of these paths. */
export function movesOnly(run: RunCommand, view: StageView, paths: readonly string[]): boolean {
  return readMove(run, view)?.sources.every((source) => paths.includes(source)) ?? false;
}

/** What stands below a mount is gone when its RUN ends. */
function withoutMounted(places: readonly Place[], { instruction, stage, at }: RunCommand): readonly Place[] {
  const folders = mountsOf(instruction).flatMap(({ type, target }) =>
    target !== undefined && MOUNTS.has(type) ? [posix.join(stage.scope.workdir(at) ?? "/", target)] : [],
  );
  return folders.length === 0
    ? places
    : places.filter(({ file }) => !folders.some((folder) => within(folder, file) !== undefined));
}

const MOUNTS = new Set(["cache", "tmpfs", "bind"]);

/** The command removes a path, or moves it away, by its name or by that of a folder above it. */
function takesAway({ program, args, folder }: RunCommand, path: string): boolean {
  if (program !== "rm" && program !== "mv") return false;
  const words = program === "mv" ? args.slice(0, -1) : args;
  return words.some(({ value }) => {
    if (value === undefined || value.startsWith("-")) return false;
    const pattern = posix.join(folder ?? "/", value);
    for (let at = path; at !== "/"; at = posix.dirname(at)) if (matchesPattern(pattern, at)) return true;
    return false;
  });
}

export interface Move {
  readonly links: boolean;
  /** Absolute; a link's source is what it leads to. */
  readonly sources: readonly string[];
  readonly target: string;
  /** The target is a folder: each source keeps its name in it. */
  readonly intoFolder: boolean;
}

/** Flags with which a program is the same at its new place, and may be run by all. */
const FLAGS: Readonly<Record<string, RegExp>> = {
  mv: /^-[fvT]+$/,
  cp: /^-[afpvrRLT]+$/,
  ln: /^-[fsnvT]+$/,
  install: /^-(?:[cDpvT]+|m0?[57][57][57]|-mode=0?[57][57][57])$/,
};

/** What a command in plain words moves, copies or links, where it surely runs; undefined for any other. */
export function readMove(run: RunCommand, view: StageView): Move | undefined {
  const { program = "", args, folder, command } = run;
  const flags = Object.hasOwn(FLAGS, program) ? FLAGS[program] : undefined;
  if (!flags || !command.always || folder === undefined) return undefined;
  const paths: string[] = [];
  let links = false;
  for (let at = 0; at < args.length; at++) {
    const { value, word } = args[at] as RunCommand["args"][number];
    // An ARG that `--build-arg` may set says another place tomorrow.
    if (value === undefined || /[$*?[{~]/.test(word.text)) return undefined;
    if (program === "install" && value === "-m" && /^0?[57][57][57]$/.test(args[at + 1]?.value ?? "")) at++;
    else if (!value.startsWith("-")) paths.push(value);
    else if (flags.test(value)) links ||= program === "ln" && value.includes("s");
    else return undefined;
  }
  const last = paths.pop();
  if (last === undefined || paths.length === 0) return undefined;
  const target = posix.join(folder, last);
  const intoFolder = paths.length > 1 || /(?:^|\/)\.{0,2}$/.test(last) || view.isFolder(target, run) === true;
  const from = links ? (intoFolder ? target : posix.dirname(target)) : folder;
  return { links, sources: paths.map((path) => posix.join(from, path)), target, intoFolder };
}
