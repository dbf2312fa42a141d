import type { Stage } from "../../model/model";
import { posix } from "../../model/paths";
import type { FileContext } from "../context";
import type { Presence } from "../files/presence";

/** The programs that the builds of a stage make, where they are known. */
export function programsOf(context: FileContext, stage: Stage): readonly string[] {
  return context
    .builds(stage)
    .flatMap((build) => ("known" in build.artifacts && !build.isTool ? build.artifacts.known : []));
}

/** Where the first word of what a stage starts may stand, absolute; undefined where that cannot be told. */
export function startPaths(context: FileContext, stage: Stage): readonly string[] | undefined {
  const word = context.start(stage)?.argv?.[0];
  // A WebAssembly runtime finds its module by rules of its own.
  if (!word || word.includes("$") || word.endsWith(".wasm")) return undefined;
  if (!word.includes("/")) return context.searchPath(stage).folders.map((folder) => posix.join(folder, word));
  const workdir = stage.scope.workdir(stage.instructions.length);
  if (workdir === undefined && !word.startsWith("/")) return undefined;
  return [posix.join(workdir ?? "/", word)];
}

/**
 * Whether a stage has a program at its end: at an absolute path, or by its name in a folder of PATH. The name of a
 * program that the stage surely lacks is "absent"; where one folder is not known, so is the answer.
 */
export function programPresence(context: FileContext, stage: Stage, word: string): Presence {
  const { complete } = context.searchPath(stage);
  const answers = programPaths(context, stage, word).map((path) => context.presence(stage, path));
  const found = answers.find(({ kind }) => kind === "there") ?? answers.find(({ kind }) => kind === "unknown");
  return found ?? { kind: complete || word.startsWith("/") ? "absent" : "unknown" };
}

/** A stage surely lacks a program. The base is asked first: where it may have it, no step is looked at. */
export function lacksProgram(context: FileContext, stage: Stage, word: string): boolean {
  const base = context.base(stage);
  if (programPaths(context, stage, word).some((path) => base.path(path) !== "absent")) return false;
  return programPresence(context, stage, word).kind === "absent";
}

function programPaths(context: FileContext, stage: Stage, word: string): readonly string[] {
  if (word.startsWith("/")) return [posix.normalize(word)];
  return context.searchPath(stage).folders.map((folder) => posix.join(folder, word));
}
