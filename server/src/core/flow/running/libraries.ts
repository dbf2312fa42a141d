import { imageSettings, lineage } from "../../model/image-config";
import type { Stage } from "../../model/model";
import { posix } from "../../model/paths";
import { stageNamed } from "../../model/reach";
import { mayMake } from "../changes/may-make";
import { installedPackages } from "../commands/packages";
import type { FileContext } from "../context";
import { copiesOf } from "../files/copies";

const FOLDER = /^\/(?:usr\/)?(?:local\/)?lib(?:\/(?!python3)|\d|x32|$)/;

/** Something beside the program at `program` is copied to where libraries stand, or LD_LIBRARY_PATH names other places. */
export function bringsLibraries(context: FileContext, stage: Stage, program: string): boolean {
  if (imageSettings(context.model, stage).has("ENV LD_LIBRARY_PATH")) return true;
  return lineage(stage).some((each) =>
    copiesOf(each, context.syntax.escape).some(({ target, sources, from }) => {
      if (target === undefined || FOLDER.test(target)) return true;
      const builder = from === undefined ? undefined : stageNamed(context.model, each, from);
      return (
        target === "/" &&
        !sources?.every((path) => {
          if (posix.join("/", posix.basename(path)) === program) return true;
          // A program that a build makes is no library.
          const found = builder && context.presence(builder, posix.join("/", path));
          return found?.kind === "there" && found.made !== undefined;
        })
      );
    }),
  );
}

/** Where programs that were linked with glibc look for its loader. */
const LOADER = "/lib64/ld-linux-x86-64.so.2";
/** They write to the system's folders, and bring a loader only with a package that is named so. */
const OF_SYSTEM =
  /^(?:apk|apt|apt-get|dpkg|dnf|yum|microdnf|(?:add|del)(?:user|group)|(?:user|group)(?:add|mod)|update-ca-certificates)$/;

/** A package or another command of a stage may bring the C library that its base has not. */
export function bringsLibc(context: FileContext, stage: Stage): boolean {
  return context
    .view(stage)
    .commands.some((run) =>
      OF_SYSTEM.test(run.program ?? "")
        ? installedPackages(run).some((name) => /gcompat|libc6|musl|glibc/.test(name))
        : mayMake(run, LOADER),
    );
}
