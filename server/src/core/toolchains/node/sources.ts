import { posix } from "../../model/paths";
import { isNodeTest, type NodeSource, type SourcePath, type StartedProgram } from "../../project/node-source";
import type { Writes } from "../app";
import type { StageView } from "../toolchain";
import { copiesFromStages } from "./manifests";

/** What the sources of a program show of what it does at run time. */
export interface Shown {
  /** All strings that may be names of packages or files. */
  readonly words: ReadonlySet<string>;
  readonly writes: Writes;
  /** Programs that it starts, each with the file that does so; Node by its own path is none. */
  readonly starts: readonly (StartedProgram & { readonly file: string })[];
  readonly npmVariables: readonly string[];
}

/** Folders and files that serve those who write the program; it may read them all the same. */
const ASIDE =
  /(?:^|\/)(?:scripts?|tools?|bin|ci|docs?|examples?|benchmarks?|\.[\w-]+)\/|(?:^|\/)(?:[\w.-]+\.config|\.[\w.-]+|[Gg]ulpfile|Gruntfile)\.[cm]?[jt]s$/;
const ENDINGS = [
  "",
  ".js",
  ".mjs",
  ".cjs",
  ".ts",
  ".mts",
  ".cts",
  ".tsx",
  ".jsx",
  "/index.js",
  "/index.ts",
  "/index.mjs",
  "/index.cjs",
];

/**
 * What the sources of a program show; undefined where they were not all seen. `file` is what Node starts, `settings` the name of
 * the file that a tool takes its settings from. What other stages bring may come from any source of the context.
 */
export function shownBy(
  view: StageView,
  root: string,
  { file, settings }: { readonly file: string | undefined; readonly settings: string | undefined },
): Shown | undefined {
  const { nodeSources, files } = view.project;
  const entry = file === undefined ? undefined : contextPath(view, file);
  const folder = contextPath(view, root) ?? folderOf(entry, file, root) ?? (copiesFromStages(view) ? "" : undefined);
  if (!nodeSources || folder === undefined) return undefined;
  const source = entry === undefined ? undefined : resolved(nodeSources, entry);
  if (entry !== undefined && source === undefined && files?.has(entry)) return undefined;
  const reached = reachedFrom(nodeSources, source);
  const isClosed = source !== undefined && ![...reached].some((path) => takesOthers(nodeSources.get(path)));
  const own = [...nodeSources].filter(
    ([path]) =>
      reached.has(path) ||
      (settings !== undefined && posix.basename(path).startsWith(settings)) ||
      (!isClosed && (folder === "" || path.startsWith(`${folder}/`)) && !isNodeTest(path) && !ASIDE.test(path)),
  );
  if (own.length === 0) return undefined;
  return {
    words: new Set(own.flatMap(([, { words }]) => [...words])),
    writes: writesOf(view, own, root, folder),
    starts: own.flatMap(([file, { starts }]) =>
      starts.filter(({ isNode }) => !isNode).map((each) => ({ ...each, file })),
    ),
    npmVariables: own.flatMap(([, { npmVariables }]) => npmVariables),
  };
}

type Sources = ReadonlyMap<string, NodeSource>;

/** The folder of the context that stands for the project's, where files were copied one by one: by the place of one of them. */
function folderOf(path: string | undefined, file: string | undefined, root: string): string | undefined {
  const below = file?.startsWith(`${root}/`) ? file.slice(root.length + 1) : undefined;
  if (path === undefined || below === undefined) return undefined;
  return path === below ? "" : path.endsWith(`/${below}`) ? path.slice(0, -below.length - 1) : undefined;
}

/** It takes in what it does not name: by itself, or by a package that looks into folders. */
function takesOthers(source: NodeSource | undefined): boolean {
  return (
    !source ||
    source.isOpen ||
    [...source.words].some((word) => /autoload|^glob$|^fast-glob$|^require-dir|^consign$|^next$/.test(word))
  );
}

function contextPath(view: StageView, path: string): string | undefined {
  const origin = view.origin(path);
  return origin.kind === "context" ? origin.path : undefined;
}

function resolved(sources: Sources, path: string): string | undefined {
  const known = ENDINGS.map((ending) => path + ending).find((each) => sources.has(each));
  // TypeScript names what the file will be called.
  return known ?? ENDINGS.map((ending) => path.replace(/\.[cm]?jsx?$/, ending)).find((each) => sources.has(each));
}

/** The sources that one takes in by relative names, and those that these take in. */
function reachedFrom(sources: Sources, entry: string | undefined): ReadonlySet<string> {
  const reached = new Set(entry === undefined ? [] : [entry]);
  for (const path of reached) {
    for (const word of sources.get(path)?.words ?? []) {
      const next = /^\.{1,2}(?:\/|$)/.test(word) ? resolved(sources, posix.join(posix.dirname(path), word)) : undefined;
      if (next !== undefined) reached.add(next);
    }
  }
  return reached;
}

/** A write below the project is one to all of it: what makes a folder writes to the one above. */
function writesOf(
  view: StageView,
  own: readonly (readonly [string, NodeSource])[],
  root: string,
  folder: string,
): Writes {
  const paths = own.flatMap(([file, { writes }]) =>
    writes.map((each) => each && absolute(view, each, root, posix.dirname(relative(folder, file)))),
  );
  const elsewhere = paths.flatMap((path) =>
    path === undefined || isBelow(path, root) || /^\/(?:tmp|dev|proc|var\/tmp)(?:\/|$)/.test(path) ? [] : path,
  );
  const isInside = paths.some((path) => path === undefined || isBelow(path, root));
  if (elsewhere.length === 0) return isInside ? "anywhere" : [];
  const folders = elsewhere.map((path) => (/\.\w+$/.test(path) ? posix.dirname(path) : path));
  return [...new Set([...(isInside ? [root] : []), ...folders])];
}

/** In the stage; undefined for what a variable says that the stage does not set. */
function absolute(view: StageView, { path, from }: SourcePath, root: string, place: string): string | undefined {
  if (from === "source") return posix.join(posix.join(root, place), path || ".");
  if (from === "working folder") return posix.join(view.workdir ?? root, path || ".");
  const value = view.env(from.name) ?? from.otherwise;
  return value === undefined ? undefined : posix.join(posix.join(view.workdir ?? root, value), path || ".");
}

function relative(folder: string, path: string): string {
  return folder === "" ? path : path.slice(folder.length + 1);
}

function isBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}
