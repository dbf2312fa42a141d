import { posix } from "../../model/paths";
import type { RunCommand } from "../../toolchains/toolchain";
import { ANYTHING, type Change, makes, NOTHING, placeOf, touches } from "./change";
import { namedPaths, projectTool } from "./projects";

/** Options by which a compiler writes more than what -o names: a dump, dependencies, debug data, what a file of options says. */
const WRITES_MORE =
  /^(?:-save-temps|-M|-f(?:dump|profile|stack-usage|auto-profile|test-coverage|crash)|-gsplit|-d|--MD|-a|--coverage|-Wp|-pg?$|-Map|--Map|--out-implib|--dependency-file|-Wl,.*(?:Map|implib|dep)|-Xlinker|@)/;

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
  if (linksOnly && run.args.every(({ value }) => value !== undefined && !WRITES_MORE.test(value)))
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
    // Without modules it installs programs, and sources.
    return [...cache, ...touches(...names, ...(verb === "get" ? [home, "/go", "/root/go"] : []))];
  }
  if (verb === "mod" || verb === "work" || verb === "test")
    return folder === undefined ? ANYTHING : [...cache, ...touches(folder)];
  return ANYTHING;
}

/** Spring's layers are unpacked in the folder; any other program may do anything. */
export function java(run: RunCommand): readonly Change[] {
  return run.args.some(({ value }) => /^-Djarmode=/.test(value ?? "")) ? projectTool(run) : ANYTHING;
}

/** Configuring and building stay in the project; what installs goes wherever its prefix says. */
export function cmake(run: RunCommand): readonly Change[] {
  return run.args.some(({ value }) => value === undefined || /install/.test(value) || value === "-P")
    ? ANYTHING
    : projectTool(run);
}
