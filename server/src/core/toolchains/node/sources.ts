import { posix } from "../../model/paths";
import type { SourcePath } from "../../project/javascript-paths";
import { isNodeTest, type NodeSource, type StartedProgram } from "../../project/node-source";
import type { Writes } from "../app";
import type { StageView } from "../toolchain";
import { contextPath } from "./manifests";

/** What the sources of a program show of what it does at run time. */
export interface Shown {
  /** The packages that it may take in by their names. */
  readonly packages: ReadonlySet<string>;
  /** Their pictures are made smaller as they are asked for (next/image). */
  readonly hasPictures: boolean;
  readonly writes: Writes;
  /** Programs that it starts, each with the file that does so; Node by its own path is none. */
  readonly starts: readonly (StartedProgram & { readonly file: string })[];
  readonly npmVariables: readonly string[];
  /** The source that asks which version of Node runs it. */
  readonly readsVersion: string | undefined;
  /** It names the signal that ends a container. */
  readonly handlesSignals: boolean;
}

/** What is asked about the sources. */
export interface Asked {
  /** The file that Node starts. */
  readonly file: string | undefined;
  /** How the name begins of the file that a tool takes its settings from. */
  readonly settings: string | undefined;
  /** The folder of the context that has the sources of what other stages bring. */
  readonly brought: string | undefined;
}

/** Folders and files that serve those who write the program; it may read them all the same. */
const ASIDE =
  /(?:^|\/)(?:scripts?|tools?|bin|ci|docs?|examples?|benchmarks?|\.[\w-]+)\/|(?:^|\/)(?:[\w.-]+\.config|\.[\w.-]+|[Gg]ulpfile|Gruntfile)\.[cm]?[jt]s$/;
/** What Node and TypeScript try behind a name. */
const ENDINGS = " .js .mjs .cjs .ts .mts .cts .tsx .jsx /index.js /index.ts /index.tsx /index.mjs /index.cjs".split(
  " ",
);

type Sources = ReadonlyMap<string, NodeSource>;

/** What the sources of a program show; undefined where they were not all seen. */
export function shownBy(view: StageView, root: string, { file, settings, brought }: Asked): Shown | undefined {
  const { nodeSources, files } = view.project;
  if (!nodeSources) return undefined;
  const entry = file === undefined ? undefined : contextPath(view, file);
  const folder = contextPath(view, root) ?? folderOf(entry, file, root) ?? folderByName(view, root);
  const place = folder ?? brought;
  const source = entry === undefined ? undefined : resolved(nodeSources, entry);
  if (place === undefined || (entry !== undefined && source === undefined && files?.has(entry))) return undefined;
  const program = programOf(nodeSources, { source, folder: place, settings });
  return program && { ...program, writes: writesOf(view, program.writes, root, place) };
}

/** The sources of one program, read together. */
interface Program extends Omit<Shown, "writes"> {
  readonly writes: readonly { readonly file: string; readonly path: SourcePath | undefined }[];
}

interface ProgramAt {
  readonly source: string | undefined;
  readonly folder: string;
  readonly settings: string | undefined;
}

const programs = new WeakMap<Sources, Map<string, Program | undefined>>();

/** The sources change less often than the Dockerfile. */
function programOf(sources: Sources, at: ProgramAt): Program | undefined {
  const known = programs.get(sources) ?? new Map<string, Program | undefined>();
  programs.set(sources, known);
  const key = [at.source, at.folder, at.settings].join("\n");
  if (!known.has(key)) known.set(key, readProgram(sources, at));
  return known.get(key);
}

function readProgram(sources: Sources, { source, folder, settings }: ProgramAt): Program | undefined {
  const reached = reachedFrom(sources, source);
  const isClosed = source !== undefined && ![...reached].some((path) => takesOthers(sources.get(path)));
  const own = [...sources].filter(
    ([path]) =>
      reached.has(path) ||
      (settings !== undefined && posix.basename(path).startsWith(settings)) ||
      (!isClosed && (folder === "" || path.startsWith(`${folder}/`)) && !isNodeTest(path) && !ASIDE.test(path)),
  );
  if (own.length === 0) return undefined;
  return {
    packages: new Set(own.flatMap(([, { words }]) => [...words].map(packageNamed))),
    writes: distinct(own.flatMap(([file, { writes }]) => writes.map((path) => ({ file, path })))),
    starts: own.flatMap(([file, { starts }]) =>
      starts.filter(({ isNode }) => !isNode).map((each) => ({ ...each, file })),
    ),
    npmVariables: own.flatMap(([, { npmVariables }]) => npmVariables),
    readsVersion: own.find(([, source]) => source.readsVersion)?.[0],
    hasPictures: own.some(([, { words }]) => words.has("next/image")),
    handlesSignals: own.some(([, { words }]) => words.has("SIGTERM")),
  };
}

/** One of each; beyond so many, where it writes cannot be told. */
const MAX_WRITES = 500;

function distinct(writes: Program["writes"]): Program["writes"] {
  const known = new Map(writes.map((each) => [placeKey(each), each]));
  return known.size > MAX_WRITES ? [{ file: "", path: undefined }] : [...known.values()];
}

function placeKey({ file, path }: Program["writes"][number]): string {
  if (!path) return "";
  return JSON.stringify([path.from === "source" ? posix.dirname(file) : path.from, path.path]);
}

/** The package that a name is taken in from: `@a/b` of `@a/b/c`. */
export function packageNamed(word: string): string {
  return word
    .split("/")
    .slice(0, word.startsWith("@") ? 2 : 1)
    .join("/");
}

function resolved(sources: Sources, path: string): string | undefined {
  const known = ENDINGS.map((ending) => path + ending).find((each) => sources.has(each));
  // TypeScript names what the file will be called.
  return known ?? ENDINGS.map((ending) => path.replace(/\.[cm]?jsx?$/, ending)).find((each) => sources.has(each));
}

/** The sources that one takes in, or starts as workers, and those that these do. */
function reachedFrom(sources: Sources, entry: string | undefined): ReadonlySet<string> {
  const reached = new Set(entry === undefined ? [] : [entry]);
  for (const path of reached) {
    for (const word of sources.get(path)?.words ?? []) {
      for (const place of placesOf(path, word)) {
        const next = resolved(sources, place);
        if (next !== undefined) reached.add(next);
      }
    }
  }
  return reached;
}

/** What a word may name: a file beside the source, and where it ends as one of a program, one of the working folder. */
function placesOf(path: string, word: string): readonly string[] {
  if (/^\.{1,2}(?:\/|$)/.test(word)) return [posix.join(posix.dirname(path), word)];
  return /^[\w/.-]+\.[cm]?[jt]s$/.test(word) ? [posix.join(posix.dirname(path), word), word.replace(/^\//, "")] : [];
}

/** It takes in what it does not name: by itself, or by a package that looks into folders. */
function takesOthers(source: NodeSource | undefined): boolean {
  if (!source || source.isOpen) return true;
  return [...source.words].some((word) => /autoload|^(?:fast-)?glob$|^require-dir|^consign$|^next$/.test(word));
}

/** The folder of the context that stands for the project's, where files were copied one by one: by the place of one of them. */
function folderOf(path: string | undefined, file: string | undefined, root: string): string | undefined {
  const below = file?.startsWith(`${root}/`) ? file.slice(root.length + 1) : undefined;
  if (path === undefined || below === undefined) return undefined;
  return path === below ? "" : path.endsWith(`/${below}`) ? path.slice(0, -below.length - 1) : undefined;
}

/** Who copies file by file has few. */
const MAX_ASKED = 50;

/** The same where the file that starts is not known: a source of the context stands at its own name in the project. */
function folderByName(view: StageView, root: string): string | undefined {
  const stands = (path: string) => contextPath(view, posix.join(root, path)) === path;
  return [...(view.project.nodeSources?.keys() ?? [])].slice(0, MAX_ASKED).some(stands) ? "" : undefined;
}

/** A write below the project is one to all of it: what makes a folder writes to the one above. */
function writesOf(view: StageView, writes: Program["writes"], root: string, folder: string): Writes {
  const paths = writes.map(({ file, path }) => {
    const place = posix.dirname(folder === "" ? file : file.slice(folder.length + 1));
    return path && absolute(view, path, root, place);
  });
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

function isBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}
