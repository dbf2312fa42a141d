import { posix } from "../model/paths";
import type { GoDeed, GoShape } from "../project/go-calls";
import type { PathValue } from "./path-value";
import { namesStarted } from "./system-programs";
import type { Need, PathUse, StageView, Started } from "./toolchain";

/** A call by which the program touches what surrounds it, and the path that it may pass, one of several. */
export interface ProgramUse {
  readonly deed: GoDeed;
  readonly call: string;
  readonly shape: GoShape;
  readonly path: PathValue;
  /** The file that it stands in. */
  readonly file: string;
  /** It happens at every start, and with this path alone. */
  readonly isSure: boolean;
}

/** The files that a program reads and writes at run time, as its sources name them. */
export interface ProgramFiles {
  readonly reads: readonly PathUse[];
  readonly writes: readonly PathUse[];
  readonly needs: readonly Need[];
  readonly home: string | undefined;
  readonly assumes: readonly string[];
  readonly starts: readonly Started[];
}

/** What a program does with files; a sentence where one of them cannot be told. */
export function filesOf(uses: readonly ProgramUse[], view: StageView): ProgramFiles | string {
  const found: Collected = { reads: [], writes: [], needs: [], homes: [], given: [], starts: [] };
  for (const use of uses) {
    const stop = collect(use, view, found);
    if (stop) return stop;
  }
  const [given, ...more] = [...new Set(found.given)];
  return {
    reads: found.reads,
    writes: found.writes,
    needs: found.needs,
    home: found.homes[0],
    starts: found.starts,
    assumes: given
      ? [
          `The program opens files that whoever starts it names (${given}${more.length > 0 ? ` and ${more.length} more` : ""}): they are not the image's, and its user has to be allowed to.`,
        ]
      : [],
  };
}

/** What is known of its writes and needs, whatever else it does; nothing where it changes the folder that it works in. */
export function runtimeFiles(uses: readonly ProgramUse[], view: StageView): Pick<ProgramFiles, "writes" | "needs"> {
  const found: Collected = { reads: [], writes: [], needs: [], homes: [], given: [], starts: [] };
  if (uses.some(({ deed }) => deed === "moves")) return found;
  for (const use of uses) collect(use, view, found);
  return found;
}

interface Collected {
  readonly reads: PathUse[];
  readonly writes: PathUse[];
  readonly needs: Need[];
  readonly homes: string[];
  readonly starts: Started[];
  /** Calls whose path the user gives. */
  readonly given: string[];
}

function collect(use: ProgramUse, view: StageView, into: Collected): string | undefined {
  const by = `${use.call} in ${use.file}`;
  switch (use.deed) {
    case "starts":
      into.starts.push({ by, names: namesStarted(use.path) });
      return undefined;
    case "moves":
      return `The program changes the folder it works in (${by}), so which files it uses cannot be told.`;
    case "temp":
    case "zones":
    case "dials":
    case "root":
    case "identity":
    case "network":
    case "services":
    case "sources":
      return undefined;
    default:
  }
  const path = settled(use.path, view);
  switch (path.base) {
    case "unknown":
      return use.deed === "reads"
        ? `The program reads files at run time, and which ones cannot be told (${by}); they would be left behind.`
        : `The program writes files at run time, and where cannot be told (${by}); its user might not be allowed to.`;
    case "user":
      into.given.push(by);
      return undefined;
    case "home":
      into.homes.push(by);
      return undefined;
    case "temp":
      into.needs.push({ what: "temp", why: `it calls ${use.call}` });
      return undefined;
    default:
  }
  if (view.workdir === undefined && !path.text.startsWith("/"))
    return `The program uses ${path.text} (${by}), and the folder it starts in is not known.`;
  const uses = pathUses(use, path, by, view.workdir ?? "/");
  (use.deed === "reads" ? into.reads : into.writes).push(...uses);
  return undefined;
}

/** A variable that ENV sets has that value unless the user sets another; one that is not set is the user's. */
function settled(path: PathValue, view: StageView): PathValue {
  if (path.base === "home") {
    const home = view.env("HOME");
    return home === undefined ? path : { ...path, base: "image", text: home + path.text };
  }
  if (path.base !== "env") return path;
  const value = view.env(path.variable ?? "");
  return value ? { ...path, base: "image", text: value + path.text } : { ...path, base: "user" };
}

/** Extensions of the files that viper looks for (github.com/spf13/viper, SupportedExts). */
const CONFIG_FILES = ["env", "ini", "json", "properties", "toml", "yaml", "yml"];

function pathUses(
  { shape, call, isSure }: ProgramUse,
  path: PathValue,
  by: string,
  workdir: string,
): readonly PathUse[] {
  const text = shape === "database" ? databaseFile(path.text) : path.text;
  if (text === "") return [];
  const absolute = posix.join(workdir, text);
  // A slash at the end says that what follows stands below.
  if (path.open) return [{ path: absolute + (/\/$/.test(text) && absolute !== "/" ? "/" : ""), shape: "prefix", by }];
  if (shape === "configs")
    return CONFIG_FILES.map((extension) => ({ path: `${absolute}/*.${extension}`, shape: "pattern", by }));
  const isMade = isSure && path.base === "image" && MAKES.test(call);
  return [{ path: absolute, shape: shape === "database" ? "file" : shape, by, ...(isMade ? { isMade } : {}) }];
}

/** They make what is not there; others fail for its lack first, or read. */
const MAKES = /^(?:os|ioutil)\.(?:WriteFile|Create|Mkdir|MkdirAll)$/;

/** The file of an SQLite database; "" for one in memory (sqlite.org/uri.html). */
function databaseFile(name: string): string {
  const [file = ""] = name.replace(/^file:(?:\/\/(?=\/))?/, "").split("?", 1);
  return file === ":memory:" || /[?&]mode=memory/.test(name) ? "" : file;
}
