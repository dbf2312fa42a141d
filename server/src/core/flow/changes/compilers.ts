import { posix } from "../../model/paths";
import type { RunCommand } from "../../toolchains/toolchain";
import { ANYTHING, type Change, makes, mayMakeFiles, NOTHING, placeOf, touches } from "./change";
import { folderVariables } from "./folder-variables";
import { namedPaths, projectScript, projectTool } from "./projects";

/** Options by which a compiler writes more than what -o names: a dump, dependencies, debug data, what a file of options says. */
const WRITES_MORE =
  /^(?:-save-temps|-M|-f(?:dump|profile|stack-usage|auto-profile|test-coverage|crash)|-gsplit|-d|--MD|-a|--coverage|-Wp|-pg?$|-Map|--Map|--out-implib|--dependency-file|-Wl,.*(?:Map|implib|dep)|-Xlinker|@)/;

/** Where to look for headers and libraries, as the tools say that know it. */
const SEARCHES = /^(?:-[IL])?"?\$\((?:pg_config|pkg-config|mysql_config|mariadb_config)(?: [\w.+-]+)+\)"?$/;

/** Also for another system: aarch64-linux-gnu-as. */
const ONE_FILE = /(?:^|-)(?:gcc|g\+\+|cc|c\+\+|as|ld)$/;

/** Compilers and their kin: objects in the folder, and what `-o` and other words name. */
export function compiler(run: RunCommand): readonly Change[] {
  const at = run.args.findIndex(({ value }) => value === "-o");
  const next = run.args[at + 1];
  const place = at < 0 || !next ? undefined : placeOf(next.value, next.word.text, run.folder);
  const named = namedPaths(run);
  if ((at >= 0 && !place) || run.folder === undefined || !named) return ANYTHING;
  const linksOnly = ONE_FILE.test(run.program ?? "") && place?.whole === true;
  // What it links is all that it leaves: the objects on the way stand in /tmp (gcc.gnu.org, Overall Options).
  if (
    linksOnly &&
    run.args.every(({ value, word }) => (value === undefined ? SEARCHES.test(word.text) : !WRITES_MORE.test(value)))
  )
    return [makes(place.path, "file")];
  return [...touches(run.folder, ...named), ...(place?.whole ? [makes(place.path, "file")] : [])];
}

/** `go mod download` and its like fill the module cache alone; `go generate` and `go run` run anything. */
export function go(run: RunCommand): readonly Change[] {
  const { args, folder } = run;
  const [verb, second] = args.filter(({ value }) => !value?.startsWith("-")).map(({ value }) => value);
  const home = run.lookup("GOPATH") || "/go";
  const cache = [...touches(`${home}/pkg`, "/go/pkg", "/root/go/pkg"), { kind: "caches" } as const];
  if (verb === "version" || (verb === "env" && !args.some(({ value }) => value === "-w"))) return NOTHING;
  if (
    verb === "vet" ||
    verb === "fmt" ||
    verb === "list" ||
    (verb === "mod" && (second === "download" || second === "verify"))
  )
    return cache;
  if (folder !== undefined && (verb === "get" || (verb === "mod" && second !== "init"))) {
    const names = ["go.mod", "go.sum", "vendor"].map((name) => posix.join(folder, name));
    return [...cache, ...touches(...names), ...(verb === "get" ? got(run, home) : NOTHING)];
  }
  if (verb === "mod" || verb === "work" || verb === "test")
    return folder === undefined ? ANYTHING : [...cache, ...touches(folder)];
  return ANYTHING;
}

/**
 * Without modules `go get` fetches sources, and installs the packages that it names: a program is called like the last part
 * of its path (go.dev/doc/go1.17, go help get of Go 1.10).
 */
function got({ args, lookup }: RunCommand, home: string): readonly Change[] {
  const words = args.map(({ value }) => value);
  // It only fetches.
  if (words.includes("-d") && !home.includes(":"))
    return touches(...new Set([home, "/go", "/root/go"].map((each) => `${each}/src`)));
  const paths = words.slice(words.indexOf("get") + 1).filter((word) => !word?.startsWith("-"));
  const names = paths.map(
    (path) => /^[\w.-]+\.\w+(?:\/[\w.-]+)*?\/([\w.-]+?)(?:\/v\d+)?(?:@[\w.+-]+)?$/.exec(path ?? "")?.[1],
  );
  const elsewhere = ["GOBIN", "GOOS", "GOARCH"].some((name) => lookup(name) !== undefined);
  const homes = [...new Set([home, "/go", "/root/go"])];
  if (elsewhere || home.includes(":") || names.length === 0 || names.some((name) => !name || name.includes("...")))
    return touches(...homes, ...(lookup("GOBIN") ? [lookup("GOBIN") ?? ""] : []));
  const programs = homes.flatMap((each) => names.map((name) => `${each}/bin/${name}`));
  return [...touches(...homes.map((each) => `${each}/src`)), ...mayMakeFiles(...programs)];
}

const DART_OWN = [".dart_tool", "pubspec.lock", "pubspec.yaml", ".packages"];
const DART_PUB = /^(?:get|upgrade|downgrade|add|remove|outdated|deps|cache)$/;
const DART_KINDS = /^(?:exe|aot-snapshot|kernel)$/;

/** `dart compile` writes what -o names; it and `dart pub` keep what they need in .dart_tool (dart.dev/tools). */
export function dart(run: RunCommand): readonly Change[] {
  const { args, folder } = run;
  const [verb, kind] = args.map(({ value }) => value);
  const at = args.findIndex(({ value }) => value === "-o" || value === "--output");
  const next = args[at + 1];
  const output = at < 0 || !next ? undefined : placeOf(next.value, next.word.text, folder);
  const compiles = verb === "compile" && DART_KINDS.test(kind ?? "") && output?.whole === true;
  const more = args.some(
    ({ value }) => value === undefined || /^(?:-S|--save-debugging|--depfile|-C|--directory|--packages)/.test(value),
  );
  if (folder === undefined || more || !(compiles || (verb === "pub" && DART_PUB.test(kind ?? ""))))
    return projectTool(run);
  const own = touches(...foldersTo(folder).flatMap((each) => DART_OWN.map((name) => posix.join(each, name))));
  return [
    ...own,
    ...touches(...folderVariables(run)),
    { kind: "caches" },
    ...(compiles ? [makes(output.path, "file")] : []),
  ];
}

/** A folder and those above it: a package may be one of a workspace. */
function foldersTo(folder: string): readonly string[] {
  return folder === "/" ? ["/"] : [folder, ...foldersTo(posix.dirname(folder))];
}

/** Spring's layers are unpacked in the folder; any other program may do anything. */
export function java(run: RunCommand): readonly Change[] {
  return run.args.some(({ value }) => /^-Djarmode=/.test(value ?? "")) ? projectTool(run) : ANYTHING;
}

/** Configuring and building write where CMakeLists.txt says; what installs goes wherever its prefix says. */
export function cmake(run: RunCommand): readonly Change[] {
  return run.args.some(({ value }) => value === undefined || /install/.test(value) || value === "-P")
    ? ANYTHING
    : projectScript(run);
}
