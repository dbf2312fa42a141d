import { matchesPattern } from "../../model/paths";
import type { BuildPlan, PathUse } from "../../toolchains/toolchain";
import { within } from "../files/copies";

/**
 * The call by which a program sees whether a folder that it makes is there, or takes it away: it would go another way if
 * it found one that was made for it. Undefined where it has none.
 */
export function looksAt(folder: string, { reads, writes }: BuildPlan): string | undefined {
  const sees = ({ path, shape }: PathUse) => {
    if (shape === "prefix") return folder.startsWith(path);
    return shape === "pattern" ? matchesPattern(path, folder) : within(path, folder) !== undefined;
  };
  const takesAway = writes.filter(({ shape }) => shape === "file" || shape === "new-folder");
  return [...reads, ...takesAway].find(sees)?.by;
}
