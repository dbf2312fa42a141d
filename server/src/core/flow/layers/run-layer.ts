import { posix } from "../../model/paths";
import { mountsOf } from "../../syntax/mounts";
import type { RunCommand } from "../../toolchains/toolchain";
import type { Content } from "../files/content";
import { within } from "../files/copies";
import type { Repeated } from "./layers";

/** The layer that is being made: a RUN with what its commands have brought so far. */
export interface Layer {
  readonly commands: readonly RunCommand[];
  readonly own: Set<Content>;
  /** Those of them that came from elsewhere. */
  readonly fetched: Content[];
  /** What it brings a second time, if that is still there at its end. */
  readonly repeats: Repeated[];
  /** Below these folders nothing reaches the layer. */
  readonly mounts: readonly string[];
}

/** Undefined where a variable hides what a mount covers. */
export function mountedFolders(run: RunCommand | undefined): readonly string[] | undefined {
  if (!run) return undefined;
  if (run.instruction.flags.length === 0) return NO_MOUNTS;
  const targets = mountsOf(run.instruction.reading).flatMap(({ target }) => target ?? []);
  if (targets.some((target) => target.includes("$"))) return undefined;
  return targets.map((target) => posix.join(run.stage.scope.workdir(run.at) ?? "/", target));
}

const NO_MOUNTS: readonly string[] = [];

/** The path is no part of the layer. */
export function isMounted({ mounts }: Layer, path: string): boolean {
  return mounts.length > 0 && mounts.some((folder) => within(folder, path) !== undefined);
}

/** What `mkdir` makes, absolute. */
export function foldersMade({ program, args, folder }: RunCommand): readonly string[] {
  if (program !== "mkdir" || folder === undefined) return [];
  return args.flatMap(({ value }) =>
    value === undefined || /^-|[$*?[{~]/.test(value) ? [] : [posix.join(folder, value)],
  );
}

/** Nothing that the same RUN has done before can have made what the command removes. */
export function onlyRemovesBefore(by: RunCommand, { commands }: Layer): boolean {
  return commands.slice(0, commands.indexOf(by)).every((each) => REMOVES.has(each.program ?? ""));
}

const REMOVES = new Set("rm cd set echo true : test [ export apt-get apt apk".split(" "));
