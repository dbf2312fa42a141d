import { matchesPattern } from "../../model/paths";
import { foldersOf, type Project } from "../../project/project";
import { rememberedBeside } from "../../text/remembered";

type Files = NonNullable<Project["files"]>;

/** Each pattern looks at every file: beyond so many things that are asked for, none is followed. */
const MAX_ASKED = 100;
const known = new WeakMap<Files, Map<string, number | undefined>>();

/**
 * The bytes of a file, a folder or a pattern of the build context; "" is all of it. Undefined where the folder was not
 * seen or has nothing of the kind: it was meant for another context.
 */
export function contextBytes({ files }: Project, path: string): number | undefined {
  if (!files) return undefined;
  const memo = known.get(files) ?? new Map<string, number | undefined>();
  known.set(files, memo);
  if (!memo.has(path)) memo.set(path, count(files, path, memo.size));
  return memo.get(path);
}

function count(files: Files, path: string, asked: number): number | undefined {
  const only = files.get(path) ?? bytesOfFolders(files).get(path);
  if (only !== undefined || !/[*?[]/.test(path) || asked > MAX_ASKED) return only;
  let bytes: number | undefined;
  for (const [file, size] of files) if (matches(path, file)) bytes = (bytes ?? 0) + size;
  return bytes;
}

/** The bytes below each folder; "" is the context. */
const bytesOfFolders = rememberedBeside((files: Files): ReadonlyMap<string, number> => {
  const bytes = new Map<string, number>();
  const add = (path: string, more: number) => {
    const folder = path.slice(0, Math.max(path.lastIndexOf("/"), 0));
    bytes.set(folder, (bytes.get(folder) ?? 0) + more);
  };
  for (const [file, size] of files) add(file, size);
  // A folder is longer than the one that it is in.
  const folders = [...foldersOf(files)].sort((a, b) => b.length - a.length);
  for (const folder of folders) add(folder, bytes.get(folder) ?? 0);
  return bytes;
});

/** The file, or a folder that it is in. */
function matches(pattern: string, file: string): boolean {
  for (let end = file.length; end > 0; end = file.lastIndexOf("/", end - 1))
    if (matchesPattern(pattern, file.slice(0, end))) return true;
  return false;
}
