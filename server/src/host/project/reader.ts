import { readdir, readFile, stat } from "node:fs/promises";
import { isAbsolute, join, relative } from "node:path";
import type { ProjectFile, ProjectReader } from "../../ports";
import { type IgnoreRules, readIgnoreRules } from "../docker/ignore";

/** A larger file is no manifest and no source that a person wrote. */
const MAX_BYTES = 1024 * 1024;
/** A context with more files is not listed: what an analysis would learn is not worth the wait. */
const MAX_FILES = 20_000;

/** Makes the reader of a build context: `dockerfilePath` may have a .dockerignore of its own. */
export type OpenReader = (context: string, dockerfilePath?: string) => ProjectReader;

/** Reads a build context from the disk, under its .dockerignore. */
export const projectReader: OpenReader = readerWith({ text: readText, files: listFiles });

/**
 * The same for one run of a command, which takes the disk to stand still meanwhile: what was read of a folder for one of its
 * Dockerfiles is not read again for the next.
 */
export function readersOfOneRun(): OpenReader {
  return readerWith({
    text: remembered(readText, (path) => path),
    files: remembered(listFiles, (context, { source = "" }, sizes) => [context, source, sizes].join("\n")),
  });
}

/** The same function, which answers once for each key. */
function remembered<A extends readonly unknown[], T>(
  make: (...args: A) => T,
  keyOf: (...args: A) => string,
): (...args: A) => T {
  const known = new Map<string, T>();
  return (...args) => {
    const key = keyOf(...args);
    const made = known.get(key) ?? make(...args);
    known.set(key, made);
    return made;
  };
}

/** What is read of a disk. */
interface Disk {
  readonly text: typeof readText;
  readonly files: typeof listFiles;
}

function readerWith(disk: Disk): OpenReader {
  return (context, dockerfilePath) => {
    const own = dockerfilePath === undefined ? undefined : pathIn(context, dockerfilePath);
    return {
      ...(own !== undefined && { dockerfile: own }),
      read: (path) => disk.text(join(context, path)),
      async files(sizes) {
        try {
          return await disk.files(context, await readIgnoreRules(context, dockerfilePath), sizes);
        } catch {
          // An unreadable folder is an unknown one for the analysis; a build says what is wrong with it.
          return undefined;
        }
      },
    };
  };
}

/** Undefined where it cannot be read, or is no text that a person wrote. */
async function readText(path: string): Promise<string | undefined> {
  try {
    if ((await stat(path)).size > MAX_BYTES) return undefined;
    const text = await readFile(path, "utf8");
    return text.includes("\0") ? undefined : text;
  } catch {
    return undefined;
  }
}

/** A path as seen from a folder, with `/`; undefined where it lies elsewhere. */
function pathIn(folder: string, path: string): string | undefined {
  const inside = relative(folder, path).replaceAll("\\", "/");
  return inside === "" || inside.startsWith("../") || isAbsolute(inside) ? undefined : inside;
}

/** So many files are asked for their size and mode at once. */
const AT_ONCE = 64;

/**
 * All files, or undefined where there are too many. Symbolic links are not followed, as for a build. Folder after folder,
 * with time for others between them: a language server answers meanwhile.
 */
async function listFiles(
  root: string,
  rules: IgnoreRules,
  sizes: boolean,
): Promise<readonly ProjectFile[] | undefined> {
  const found: string[] = [];
  const folders = [""];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    const entries = await readdir(join(root, folder), { withFileTypes: true });
    const pathOf = (name: string) => (folder === "" ? name : `${folder}/${name}`);
    // A folder without files is part of the context too; its path ends in a slash.
    if (folder !== "" && !rules.ignores(folder) && entries.every(({ name }) => rules.ignores(pathOf(name))))
      found.push(`${folder}/`);
    for (const entry of entries) {
      const path = pathOf(entry.name);
      const ignored = rules.ignores(path);
      if (entry.isDirectory() && (!ignored || rules.reaches(path))) folders.push(path);
      if (!entry.isFile() || ignored) continue;
      found.push(path);
      if (found.length > MAX_FILES) return undefined;
    }
  }
  return sizes ? withSizes(root, found) : found.map((path) => ({ path, bytes: 0 }));
}

async function withSizes(root: string, paths: readonly string[]): Promise<readonly ProjectFile[]> {
  const folders = [...new Set(paths.flatMap(foldersAbove))];
  const closed = new Set<string>();
  await atOnce(folders, async (path) => {
    if (((await stat(join(root, path))).mode & 0o005) !== 0o005) closed.add(path);
  });
  return atOnce(paths, async (path) => {
    const { size, mode } = await stat(join(root, path));
    const isPrivate = (mode & 0o004) === 0 || (closed.size > 0 && foldersAbove(path).some((each) => closed.has(each)));
    return { path, bytes: size, ...(isPrivate && { isPrivate }) };
  });
}

/** The folders between the context and a file; a build makes the context itself anew. */
function foldersAbove(path: string): readonly string[] {
  const found: string[] = [];
  for (let at = path.lastIndexOf("/"); at > 0; at = path.lastIndexOf("/", at - 1)) found.push(path.slice(0, at));
  return found;
}

async function atOnce<T>(paths: readonly string[], ask: (path: string) => Promise<T>): Promise<readonly T[]> {
  const answers: T[] = [];
  for (let at = 0; at < paths.length; at += AT_ONCE)
    answers.push(...(await Promise.all(paths.slice(at, at + AT_ONCE).map(ask))));
  return answers;
}
