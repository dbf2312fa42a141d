import { posix } from "../../model/paths";
import type { BuildPlan, Need } from "../../toolchains/toolchain";
import { dataOf, isDevice, isProvided, isSystemFolder } from "./system-paths";

/** What becomes of a program's files where its stage keeps its own lines and gets another base. */
export interface KeptFiles {
  readonly needs: readonly Need[];
  /** Why it stays root, for a sentence; undefined where it writes nothing. */
  readonly root: string | undefined;
}

/** The stage's own files stay; a sentence where the program uses one that only the old base may have. */
export function keptFiles({ reads, writes }: BuildPlan): KeptFiles | string {
  const needs: Need[] = [];
  const outside = (path: string, by: string, provided: boolean) => {
    const what = dataOf(path);
    if (what) needs.push({ what, why: `it uses ${path}, by ${by}` });
    return provided || what !== undefined;
  };
  const lost = reads.find(
    ({ path, by }) => !outside(path, by, isProvided(path)) && isSystemFolder(posix.dirname(path)) && path !== "/",
  );
  if (lost && !/^\/[^/]+$/.test(lost.path))
    return `The program reads ${lost.path} (${lost.by}), which the image that it stands on may bring.`;
  const written = writes.filter(({ path, by }) => !outside(path, by, isDevice(path)));
  const system = written.find(({ path, shape }) => isSystemFolder(shape === "folder" ? path : posix.dirname(path)));
  if (system)
    return `The program writes ${system.path} (${system.by}), in a folder of the system that the smaller image may not have.`;
  const [first] = written;
  return { needs, root: first && `it writes ${first.path} (${first.by}), which another user may not` };
}
