import { lineage } from "../../model/image-config";
import type { Stage } from "../../model/model";
import { matchesPattern, posix } from "../../model/paths";
import { stageNamed } from "../../model/reach";
import type { Project } from "../../project/project";
import { flagOf } from "../../syntax/instruction";
import type { RunCommand } from "../../toolchains/toolchain";
import type { FileContext } from "../context";
import { copiesOf, within } from "./copies";

/** A path of a stage at or below which a file is its owner's alone, as far as modes are known: in the folder, or set by a step. */
export function isPrivate(context: FileContext, stage: Stage, path: string): boolean {
  const view = context.view(stage);
  const origin = view.origin(path);
  if (origin.kind === "context" && hasPrivate(context.project, origin.path)) return true;
  const copied = lineage(stage).flatMap((each) => copiesOf(each, context.syntax.escape));
  return (
    copied.some(
      ({ instruction, target }) => closes(flagOf(instruction, "chmod")?.value) && (!target || meet(target, path)),
    ) || view.commands.some((run) => run.program === "chmod" && closesPath(run, path))
  );
}

/** A file that a final stage takes from elsewhere and that only its owner may read: its path where it comes from. */
export function privateCopy(context: FileContext, stage: Stage): string | undefined {
  for (const each of lineage(stage)) {
    for (const { from, sources = [], target = "/", instruction } of copiesOf(each, context.syntax.escape)) {
      const mode = flagOf(instruction, "chmod")?.value;
      if (mode !== undefined && !closes(mode)) continue;
      if (mode !== undefined) return target;
      const source = from === undefined ? undefined : stageNamed(context.model, each, from);
      const found = sources.find((path) =>
        source
          ? isPrivate(context, source, posix.join("/", path))
          : from === undefined && hasPrivate(context.project, posix.normalize(path.replace(/^\/+/, ""))),
      );
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** Whether a file or folder of the context is, or has below it, one that others may not read. */
function hasPrivate({ privateFiles }: Project, path: string): boolean {
  if (!privateFiles?.size) return false;
  if (/[*?[]/.test(path)) return [...privateFiles].some((file) => matchesPattern(path, file));
  const prefix = path === "" || path === "." ? "" : `${path}/`;
  return privateFiles.has(path) || [...privateFiles].some((file) => file.startsWith(prefix));
}

/** A mode that takes reading from others: `600`, `o-r`, `go=`. */
function closes(mode: string | undefined): boolean {
  if (mode === undefined) return false;
  return /^[0-7]+$/.test(mode) ? (Number.parseInt(mode, 8) & 0o004) === 0 : /[-=]/.test(mode);
}

function closesPath({ args, folder = "/" }: RunCommand, path: string): boolean {
  const [mode, ...paths] = args.filter(({ value }) => !value?.startsWith("-"));
  return closes(mode?.value) && paths.some(({ value }) => value === undefined || meet(posix.join(folder, value), path));
}

function meet(a: string, b: string): boolean {
  return within(a, b) !== undefined || within(b, a) !== undefined;
}
