import { posix } from "../../model/paths";
import {
  ASKS_USER,
  isPythonTest,
  LOADS,
  NAMES_FOLDER,
  type PythonCall,
  type PythonSource,
  STARTS,
  WRITES,
} from "../../project/python";
import { rememberedBeside } from "../../text/remembered";
import type { AppView, Writes } from "../app";
import type { Origin } from "../toolchain";

/** What the program's own files show of how it runs. */
export interface OwnSources {
  /** Why only an image with a shell and its tools will do: a sentence's begin, `app.py starts another program (subprocess.run)`. */
  readonly starts: string | undefined;
  /** Programs that it starts by a name that is written there; undefined where one of them is not. */
  readonly programs: readonly string[] | undefined;
  /** It loads a library of the system: `app.py loads a library of the system (ctypes.CDLL)`. */
  readonly loads: string | undefined;
  /** It imports a module that Debian's Python has not, or that only comes with pip. */
  readonly lacks: string | undefined;
  readonly writes: Writes;
  /** Why it may have to stay root, for a sentence: it writes where the environment says. */
  readonly root: string | undefined;
  /** The modules of others that it imports, by the first name. */
  readonly imports: ReadonlySet<string>;
}

/** Modules of the standard library that Debian has in packages of their own, and what comes with pip alone. */
const NOT_IN_DISTROLESS = new Set(["tkinter", "turtle", "idlelib", "pip", "ensurepip", "venv", "_gdbm"]);
/** Of packages, those that load a library of the system. */
const NOT_BELOW = ["dbm.gnu", "django.contrib.gis"];

/** The files of the program below a folder of the context; undefined where they were not all seen. */
export function ownSources(view: AppView, folders: readonly string[]): OwnSources | undefined {
  const all = view.project.pythonSources;
  if (!all) return undefined;
  const roots = folders.map((folder) => view.origin(folder));
  const key = JSON.stringify(roots);
  const known = readings(all);
  const own = known.get(key) ?? readBelow(all, roots);
  known.set(key, own);
  return own;
}

/** What was read of a folder's files: they stay the same while a person types. */
const readings = rememberedBeside((_: ReadonlyMap<string, PythonSource>) => new Map<string, OwnSources>());

function readBelow(all: ReadonlyMap<string, PythonSource>, roots: readonly Origin[]): OwnSources {
  const isOwn = (path: string) =>
    !isPythonTest(path) &&
    roots.some((root) => root.kind !== "context" || root.path === "" || path.startsWith(`${root.path}/`));
  const own = [...all].filter(([path]) => roots.length === 0 || isOwn(path));
  return readOwn(own);
}

function readOwn(own: readonly (readonly [string, PythonSource])[]): OwnSources {
  const calls = own.flatMap(([path, { calls }]) => calls.map((call) => ({ path, call })));
  const found = (names: ReadonlySet<string>) => calls.filter(({ call }) => names.has(call.name));
  const starts = found(STARTS).filter(({ call }) => call.first.name !== "sys.executable");
  const loads = found(LOADS).filter(({ call }) => call.first.given && call.first.name !== "None");
  const lacking = own.flatMap(([path, { imports }]) =>
    imports.flatMap((name) =>
      NOT_IN_DISTROLESS.has(name.split(".", 1)[0] ?? "") ||
      NOT_BELOW.some((each) => name === each || name.startsWith(`${each}.`))
        ? `${path} imports ${name}`
        : [],
    ),
  );
  const programs = starts.map(({ call }) => programOf(call));
  return {
    starts: starts[0] && `${starts[0].path} starts another program (${starts[0].call.name})`,
    programs: programs.every((each) => each !== undefined) ? programs : undefined,
    loads: loads[0] && `${loads[0].path} loads a library of the system (${loads[0].call.name})`,
    lacks: lacking[0],
    writes: writesOf(own),
    root: rootOf(calls),
    imports: new Set(own.flatMap(([, { imports }]) => imports.map((name) => name.split(".", 1)[0] ?? ""))),
  };
}

/** The program of a command that is written out: its first word, where a shell does not do more with it. */
function programOf({ first }: PythonCall): string | undefined {
  if (first.text === undefined || /[|&;<>$`()]/.test(first.text)) return undefined;
  return posix.basename(first.text.trim().split(/\s/, 1)[0] ?? "") || undefined;
}

/** Folders of the system, which no program makes its own. */
const OF_SYSTEM = /^\/(?:tmp|dev|proc|sys|etc|usr|bin|lib\w*)(?:\/|$)|^\/$/;

function rootOf(calls: readonly { readonly path: string; readonly call: PythonCall }[]): string | undefined {
  const asks = calls.find(({ call }) => ASKS_USER.has(call.name));
  if (asks) return `it asks who runs it, or changes that (${asks.call.name} in ${asks.path})`;
  const writes = calls.filter(({ call }) => WRITES.has(call.name) && writtenBy(call) === "");
  const open = writes.find(({ call }) => [call.first, call.second].some(({ fromEnvironment }) => fromEnvironment));
  if (open) return `it writes where a variable of the environment says (${open.call.name} in ${open.path})`;
  const elsewhere = calls.find(
    ({ call }) => NAMES_FOLDER.has(call.name) && [call.first, call.second].some(({ text }) => isElsewhere(text)),
  );
  return writes.length > 0 && elsewhere
    ? `it may write to ${[elsewhere.call.first.text, elsewhere.call.second.text].find(isElsewhere)} (${elsewhere.call.name} in ${elsewhere.path})`
    : undefined;
}

function isElsewhere(path: string | undefined): boolean {
  return path?.startsWith("/") === true && !OF_SYSTEM.test(path);
}

/** Folders that every image gives to all. */
const OPEN = /^\/(?:tmp|dev|proc|var\/tmp)(?:\/|$)/;

function writesOf(own: readonly (readonly [string, PythonSource])[]): Writes {
  const folders = new Set<string>();
  for (const [, { calls, stores }] of own) {
    for (const store of stores) {
      const path = /^\w+(?:\+\w+)?:\/\/\/(\/.*)$/.exec(store)?.[1] ?? (store.startsWith("/") ? store : undefined);
      if (path === undefined) return "anywhere";
      if (!OPEN.test(path)) folders.add(posix.dirname(path));
    }
    for (const call of calls) {
      const path = WRITES.has(call.name) ? writtenBy(call) : undefined;
      if (path === undefined) continue;
      if (!path.startsWith("/")) return "anywhere";
      if (!OPEN.test(path)) folders.add(/(?:mkdir|makedirs)$/.test(call.name) ? path : posix.dirname(path));
    }
  }
  return [...folders].filter((path) => path !== "/");
}

/** The path that a call writes to, "" where that is not written there; undefined where it only reads. */
function writtenBy({ name, first, second, named }: PythonCall): string | undefined {
  const plain = first.text ?? "";
  if (name === "logging.basicConfig") return named.has("filename") ? (named.get("filename")?.text ?? "") : undefined;
  if (name === ".save" || name.startsWith(".to_")) return first.given ? plain : undefined;
  if (name === ".open") return isWriting(first.text ?? named.get("mode")?.text) ? "" : undefined;
  if (/(?:^|\.)open$|ZipFile$/.test(name)) {
    const mode = second.given ? second : named.get("mode");
    if (name === "os.open" || (mode && mode.text === undefined)) return plain;
    return isWriting(mode?.text) ? plain : undefined;
  }
  if (name.startsWith(".")) return "";
  if (/^shutil\.(?:copy|move)|^os\.(?:rename|replace)/.test(name)) return second.text ?? "";
  return plain === ":memory:" ? undefined : plain;
}

function isWriting(mode: string | undefined): boolean {
  return mode !== undefined && /^[rbtU]*[wax+]|^[rbt]*\+/.test(mode) && mode.length <= 4;
}
