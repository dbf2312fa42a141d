import type { Stage } from "../../model/model";
import { posix } from "../../model/paths";
import { hasFolder } from "../../project/project";
import type { FileContext } from "../context";
import { isSource } from "../files/copied-data";
import type { Copy } from "../files/copies";
import { isSystemFolder, isSystemRoot } from "../files/system-paths";

/** ADD unpacks them (docs.docker.com/reference/dockerfile, ADD). */
const ARCHIVE = /\.(?:tar|tgz|tbz2?|txz)$|\.tar\.\w+$/;
/** So many files are copied one by one. */
const FEW = 8;

/**
 * Where a source of a COPY comes to stand: a file in a folder, the whole target, or the files of a folder among those of the
 * system; undefined where it cannot be told.
 */
export function placesOf(
  context: FileContext,
  stage: Stage,
  copy: Copy,
  source: string,
  target: string,
): readonly string[] | undefined {
  const isSystems = target === "/" || isSystemRoot(target);
  // What an archive unpacks to, and what a pattern finds, are names that only the build sees.
  if (/[*?[\]]/.test(source) || (copy.instruction.keyword === "ADD" && ARCHIVE.test(source)))
    return isSystems || isSystemFolder(target) ? undefined : [target];
  const clean = posix.normalize(source.replace(/^\/+/, "")).replace(/\/$/, "");
  const { files } = context.project;
  const isFile = copy.from === undefined && files ? files.has(clean) : endingOf(clean) !== undefined;
  const before = () => context.presenceBefore(stage, copy.at, target).kind;
  if (!isFile) {
    if (!isSystems && !isSystemFolder(target)) return [target];
    const own = copy.from === undefined ? filesOf(context, clean, target) : undefined;
    return own && !isSystems && before() === "absent" ? [target] : own;
  }
  const into = copy.intoFolder || isSystems ? "there" : before();
  // A file of that ending was meant to have that name.
  const isNamed = endingOf(target) !== undefined && endingOf(clean) === endingOf(target);
  if (into === "unknown" && !isNamed) return undefined;
  return [into === "there" ? posix.join(target, posix.basename(clean)) : target];
}

/** A folder of the context in which there is nothing but what compilers read. */
export function holdsOnlySources({ project }: FileContext, source: string): boolean {
  const folder = posix.normalize(source.replace(/^\/+/, "")).replace(/\/$/, "");
  if (!hasFolder(project, folder)) return false;
  for (const path of project.files?.keys() ?? []) if (path.startsWith(`${folder}/`) && !isSource(path)) return false;
  return true;
}

/** The files of a folder of the context, where they are few, in the folder that they are copied to. */
function filesOf({ project: { files } }: FileContext, folder: string, target: string): readonly string[] | undefined {
  if (!files || folder === "" || folder === ".") return undefined;
  const own = [...files.keys()].filter((path) => path.startsWith(`${folder}/`));
  return own.length > 0 && own.length <= FEW
    ? own.map((path) => posix.join(target, path.slice(folder.length + 1)))
    : undefined;
}

function endingOf(path: string): string | undefined {
  return /\.\w+$/.exec(path)?.[0];
}
