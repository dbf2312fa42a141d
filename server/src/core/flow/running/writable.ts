import { imageSettings, lineage } from "../../model/image-config";
import type { Stage } from "../../model/model";
import { posix } from "../../model/paths";
import { stageNamed } from "../../model/reach";
import { flagOf } from "../../syntax/instruction";
import type { PathUse } from "../../toolchains/toolchain";
import type { FileContext } from "../context";
import { copiesOf, within } from "../files/copies";
import { dataOf, isDevice } from "../files/system-paths";
import { startPaths } from "./programs";
import { mayGiveAway } from "./roots-folder";

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
  let folder = shape === "folder" ? path : posix.dirname(path);
  // Without its folder no file is made, whoever the user is: the folder is another use's, or to be mounted.
  if (shape === "file" && context.presence(stage, folder).kind === "absent") return undefined;
  // A folder that is not there is made in the next one above it.
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
  if (isNew(context, stage, name, path)) return true;
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

/** VOLUME alone makes it: nothing has it before, and nothing touches files behind. */
function isNew(context: FileContext, stage: Stage, name: string, path: string): boolean {
  const at = stage.instructions.findIndex(({ keyword, body }) => keyword === "VOLUME" && body.includes(name));
  const behind = stage.instructions.slice(at).some(({ keyword }) => /^(?:RUN|COPY|ADD|WORKDIR)$/.test(keyword));
  if (at < 0 || behind || context.base(stage).path(path) !== "absent") return false;
  return context.presenceBefore(stage, at, path).kind === "absent";
}

/** A command, a flag, a volume or the author's own user may have made the folder another one's. */
function ownersMayVary(context: FileContext, stage: Stage, path: string): boolean {
  const volumes = [...imageSettings(context.model, stage).values()].filter(({ key }) => key === "VOLUME");
  if (volumes.some(({ name }) => name.includes("$") || within(posix.join("/", name), path) !== undefined)) return true;
  const gives = (user: Stage, from: string) => {
    const builder = stageNamed(context.model, user, from);
    return builder !== undefined && mayGiveAway(context, builder);
  };
  return lineage(stage).some((each) => {
    const changed = copiesOf(each, context.syntax.escape).some(
      ({ instruction, target, from }) =>
        (target === undefined || within(target, path) !== undefined) &&
        (flagOf(instruction, "chown") || flagOf(instruction, "chmod") || from === undefined || gives(each, from)),
    );
    const folderOfUser = each.instructions.some(
      ({ keyword }, at) =>
        keyword === "WORKDIR" &&
        !["", "root", "0"].includes(each.scope.user(at) ?? "?") &&
        within(each.scope.workdir(at + 1) ?? "/", path) !== undefined,
    );
    return changed || folderOfUser || each.instructions.some(({ keyword }) => keyword === "RUN" || keyword === "ADD");
  });
}
