import { posix } from "../../model/paths";
import type { NodeSource, StartedProgram } from "../../project/node-source";
import { isNodeTest } from "../../project/node-source";
import type { Writes } from "../app";
import type { StageView } from "../toolchain";

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

/** What the sources below a folder of the stage show; undefined where they were not all seen. `file` is what Node starts. */
export function shownBy(view: StageView, root: string, file: string | undefined): Shown | undefined {
  const { nodeSources } = view.project;
  const origin = view.origin(root);
  if (!nodeSources || origin.kind !== "context") return undefined;
  const { path: folder } = origin;
  const inFolder = (path: string) => folder === "" || path.startsWith(`${folder}/`);
  const entry = file === undefined ? undefined : contextPath(view, file);
  const source = entry === undefined ? undefined : resolved(nodeSources, entry);
  if (entry !== undefined && source === undefined && view.project.files?.has(entry)) return undefined;
  const reached = reachedFrom(nodeSources, source);
  const own = [...nodeSources].filter(
    ([path]) => inFolder(path) && !isNodeTest(path) && (reached.has(path) || !ASIDE.test(path)),
  );
  if (own.length === 0) return undefined;
  return {
    words: new Set(own.flatMap(([, { words }]) => [...words])),
    writes: writesOf(own, root, folder),
    starts: own.flatMap(([file, { starts }]) =>
      starts.filter(({ isNode }) => !isNode).map((each) => ({ ...each, file })),
    ),
    npmVariables: own.flatMap(([, { npmVariables }]) => npmVariables),
  };
}

type Sources = ReadonlyMap<string, NodeSource>;

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
function writesOf(own: readonly (readonly [string, NodeSource])[], root: string, folder: string): Writes {
  const paths = own.flatMap(([file, { writes }]) =>
    writes.map((each) => {
      if (!each) return root;
      const from = each.from === "source" ? posix.join(root, posix.dirname(relative(folder, file))) : root;
      return posix.join(from, each.path);
    }),
  );
  const elsewhere = paths.filter((path) => !isBelow(path, root) && !/^\/(?:tmp|dev|proc|var\/tmp)(?:\/|$)/.test(path));
  const isInside = paths.some((path) => isBelow(path, root));
  if (elsewhere.length === 0) return isInside ? "anywhere" : [];
  const folders = elsewhere.map((path) => (/\.\w+$/.test(path) ? posix.dirname(path) : path));
  return [...new Set([...(isInside ? [root] : []), ...folders])];
}

function relative(folder: string, path: string): string {
  return folder === "" ? path : path.slice(folder.length + 1);
}

function isBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}
