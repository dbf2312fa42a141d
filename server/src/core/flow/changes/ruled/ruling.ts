import { posix } from "../../../model/paths";
import type { BuildFile } from "../../../project/build-files/build-file";
import type { World } from "../said";

/** A file of the project that rules a command, as it stands in the build context. */
export interface Ruling {
  readonly file: BuildFile;
  /** Its path in the context. */
  readonly path: string;
  /** Its folder there; "" is the context itself. */
  readonly folder: string;
}

/** The file at a path of the stage, where it surely is one of the context that no step has written to since. */
export function rulingAt({ before, context }: World, path: string): Ruling | undefined {
  const found = before(path);
  const content = found.kind === "there" && !found.rewritten ? found.maker?.content : undefined;
  const file = content?.kind === "context" ? context.project.buildFiles?.get(content.path) : undefined;
  if (content?.kind !== "context" || !file) return undefined;
  const folder = posix.dirname(content.path);
  return { file, path: content.path, folder: folder === "." ? "" : folder };
}

/** Whether the context has a file of such a path; true where that cannot be told. */
export function contextHas({ context: { project } }: World, name: RegExp): boolean {
  return pathsOf(project.files, name)?.length !== 0;
}

/** The build files of such a name; undefined where one of them was not read. */
export function buildFilesOf({ context: { project } }: World, name: RegExp): readonly BuildFile[] | undefined {
  const files = pathsOf(project.files, name)?.map((path) => project.buildFiles?.get(path));
  return files?.every((file) => file !== undefined) ? files : undefined;
}

type Files = World["context"]["project"]["files"];
const found = new WeakMap<NonNullable<Files>, Map<string, readonly string[]>>();

/** The folder may have thousands of files, and be asked for each path of a Dockerfile. */
export function pathsOf(files: Files, name: RegExp): readonly string[] | undefined {
  if (!files) return undefined;
  const known = found.get(files) ?? new Map<string, readonly string[]>();
  found.set(files, known);
  const paths = known.get(name.source) ?? [...files.keys()].filter((path) => name.test(path));
  known.set(name.source, paths);
  return paths;
}
