import { posix } from "../../model/paths";
import { mountsOf } from "../../syntax/mounts";
import type { RunCommand } from "../../toolchains/toolchain";
import { within } from "./copies";

/**
 * The path in the context of a file that a RUN has mounted: `--mount=type=bind,source=requirements.txt,target=requirements.txt`,
 * as the templates of `docker init` do. Undefined where it is none, or a variable hides it.
 */
export function mountedFile({ instruction, stage, at }: RunCommand, file: string): string | undefined {
  const workdir = stage.scope.workdir(at);
  if (workdir === undefined) return undefined;
  for (const { type, target, from, options } of mountsOf(instruction)) {
    if (type !== "bind" || from !== undefined || target === undefined || target.includes("$")) continue;
    const source = options.findLast(({ key }) => key === "source" || key === "src")?.value ?? "";
    const below = within(posix.join(workdir, target), file);
    if (source.includes("$") || below === undefined) continue;
    return posix.join(`/${source}`, below).slice(1);
  }
  return undefined;
}
