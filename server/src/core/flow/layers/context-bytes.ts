import { matchesPattern } from "../../model/paths";
import type { Project } from "../../project/project";

const known = new WeakMap<NonNullable<Project["files"]>, Map<string, number | undefined>>();

/**
 * The bytes of a file, a folder or a pattern of the build context; "" is all of it. Undefined where the folder was not
 * seen or has nothing of the kind: it was meant for another context.
 */
export function contextBytes({ files }: Project, path: string): number | undefined {
  if (!files) return undefined;
  const memo = known.get(files) ?? new Map<string, number | undefined>();
  known.set(files, memo);
  if (!memo.has(path)) memo.set(path, count(files, path));
  return memo.get(path);
}

function count(files: NonNullable<Project["files"]>, path: string): number | undefined {
  const only = files.get(path);
  if (only !== undefined) return only;
  const pattern = /[*?]/.test(path);
  let bytes: number | undefined;
  for (const [file, size] of files)
    if (path === "" || file.startsWith(`${path}/`) || (pattern && matches(path, file))) bytes = (bytes ?? 0) + size;
  return bytes;
}

/** The file, or a folder that it is in. */
function matches(pattern: string, file: string): boolean {
  for (let end = file.length; end > 0; end = file.lastIndexOf("/", end - 1))
    if (matchesPattern(pattern, file.slice(0, end))) return true;
  return false;
}
