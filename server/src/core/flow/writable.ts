import { imageSettings, lineage } from "../model/image-config";
import type { Stage } from "../model/model";
import { posix } from "../model/paths";
import { flagOf } from "../syntax/instruction";
import type { PathUse } from "../toolchains/toolchain";
import type { FileContext } from "./context";
import { copiesOf, within } from "./copies";
import { startPaths } from "./programs";
import { dataOf, isDevice } from "./system-paths";

/** The user that a stage's image runs as, by number or name; "" is root, undefined where it is not known. */
export function userOf(stage: Stage): string | undefined {
  const user = stage.scope.user(stage.instructions.length);
  if (user === undefined || user.includes("$")) return undefined;
  const [name = ""] = user.split(":", 1);
  return name === "root" || name === "0" ? "" : name;
}

/**
 * The folder in which a write surely fails, since it is root's alone; undefined where it may succeed. `stage` is the one
 * that ships, and its user is not root.
 */
export function rootsFolder(context: FileContext, stage: Stage, { path, shape }: PathUse): string | undefined {
  if (isDevice(path) || dataOf(path) || shape === "pattern" || shape === "prefix") return undefined;
  if (ownersMayVary(context, stage, path)) return undefined;
  // A folder that is not there is made in the next one above it.
  let folder = shape === "folder" ? path : posix.dirname(path);
  for (; folder !== "/"; folder = posix.dirname(folder)) {
    const { kind } = context.presence(stage, folder);
    if (kind === "unknown") return undefined;
    if (kind === "there") return folder;
  }
  return folder;
}

/**
 * A volume of a stage that ships, whose folder is root's: VOLUME alone makes it, or a WORKDIR of root does, and nothing
 * copies to it or may give it away. The base is known to have none.
 */
export function isRootsVolume(context: FileContext, stage: Stage, name: string): boolean {
  const path = posix.join("/", name);
  const stages = lineage(stage);
  const image = context.image(stage);
  const bare = stages[0]?.base.kind === "scratch" || image?.role === "distroless" || image?.role === "os";
  // Of the folders of systems some are everybody's, and so are the homes of users.
  if (!bare || name.includes("$") || !/^\/(?!(?:dev|home|nonroot|run|tmp|var)(?:\/|$))/.test(path)) return false;
  // VOLUME alone makes it: it is new, and root's.
  if (context.isAbsent(stage, path)) return true;
  const started = startPaths(context, stage) ?? [];
  return stages.every(
    (each) =>
      each.instructions.every(({ keyword }, at) => {
        const ofRoot = ["", "root", "0"].includes(each.scope.user(at) ?? "?");
        return keyword !== "RUN" && (keyword !== "WORKDIR" || ofRoot || each.scope.workdir(at + 1) !== path);
      }) &&
      copiesOf(each, context.syntax.escape).every(
        ({ target = path, sources }) =>
          within(target, path) === undefined ||
          // The program alone, copied to the root.
          sources?.every((source) => started.includes(posix.join(target, posix.basename(source)))),
      ),
  );
}

/** A command, a flag, a volume or the author's own user may have made the folder another one's. */
function ownersMayVary(context: FileContext, stage: Stage, path: string): boolean {
  const volumes = [...imageSettings(context.model, stage).values()].filter(({ key }) => key === "VOLUME");
  if (volumes.some(({ name }) => name.includes("$") || within(posix.join("/", name), path) !== undefined)) return true;
  return lineage(stage).some((each) => {
    const changed = copiesOf(each, context.syntax.escape).some(
      ({ instruction, target }) =>
        (flagOf(instruction, "chown") ||
          flagOf(instruction, "chmod") ||
          flagOf(instruction, "from")?.value === undefined) &&
        (target === undefined || within(target, path) !== undefined),
    );
    const folderOfUser = each.instructions.some(
      ({ keyword }, at) => keyword === "WORKDIR" && !["", "root", "0"].includes(each.scope.user(at) ?? "?"),
    );
    return changed || folderOfUser || each.instructions.some(({ keyword }) => keyword === "RUN" || keyword === "ADD");
  });
}
