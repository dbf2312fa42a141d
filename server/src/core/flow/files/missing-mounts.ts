import { posix } from "../../model/paths";
import { neededStages, stageNamed } from "../../model/reach";
import type { Flag } from "../../syntax/instruction";
import { type Mount, mountsOf } from "../../syntax/mounts";
import type { FileContext } from "../context";
import { absentIn } from "./missing-copies";

/** A bind mount of a RUN that shows a path which its stage surely never has. */
export interface MissingMount {
  readonly flag: Flag;
  /** A sentence. */
  readonly message: string;
}

/** All of them in the stages that a build runs: BuildKit ends the build at such a RUN. */
export function missingMounts(context: FileContext): readonly MissingMount[] {
  return [...neededStages(context.model)].flatMap((stage) =>
    stage.instructions
      .filter(({ keyword, flags }) => keyword === "RUN" && flags.length > 0)
      .flatMap(mountsOf)
      .flatMap((mount): readonly MissingMount[] => {
        const path = sourceOf(mount);
        const source = mount.from === undefined ? undefined : stageNamed(context.model, stage, mount.from);
        if (mount.type !== "bind" || !source || path === undefined || !context.isAbsent(source, path)) return [];
        return [{ flag: mount.flag, message: `${absentIn(source, path)}, which the mount shows.` }];
      }),
  );
}

/** The path that a mount shows, absolute; undefined where a variable hides it. */
function sourceOf({ options }: Mount): string | undefined {
  const source = options.findLast(({ key }) => key === "source" || key === "src")?.value ?? "/";
  return source.includes("$") ? undefined : posix.join("/", source);
}
