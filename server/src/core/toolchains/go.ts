import { posix } from "../model/paths";
import { isStandardPackage } from "../project/go";
import { type Fact, known, unknown } from "../text/fact";
import { type GoArguments, readGoArguments } from "./go-flags";
import { type GoProgram, readProgram } from "./go-sources";
import { stripEdits } from "./go-strip";
import type { Build, BuildPlan, RunCommand, StageView, Toolchain } from "./toolchain";

/**
 * Go: `go build` and `go install`. A program built with CGO_ENABLED=0 needs no C library, so it runs on distroless
 * static, and on scratch where it wants no certificates, zones, users or temporary files.
 * Facts: research of golang.org/cmd/go and of built programs; see docs/rules/missing-build-stage.md.
 */
export const go: Toolchain = {
  id: "go",
  title: "Go",
  buildPackages: new Set(["golang", "golang-go", "golang-src", "gccgo", "gccgo-go", "go"]),
  isBuildVariable: (name) => /^(?:GO|CGO_)/.test(name) && !RUNTIME_VARIABLES.has(name),
  builds: (view) =>
    view.commands
      .filter(isBuild)
      .slice(0, MAX_BUILDS)
      .flatMap((run) => buildOf(run, view)),
  plan: (build, view, text) => planOf(build, view, text),
};

/** Variables that the Go runtime reads in the finished program (pkg.go.dev/runtime). */
const RUNTIME_VARIABLES = new Set([
  "GOMAXPROCS",
  "GOMEMLIMIT",
  "GOGC",
  "GODEBUG",
  "GOTRACEBACK",
  "GORACE",
  "GOCOVERDIR",
]);

/** Modules that do nothing, or not the same, without cgo. */
const CGO_MODULES = [
  "github.com/mattn/go-sqlite3",
  "github.com/confluentinc/confluent-kafka-go",
  "github.com/google/gopacket/pcap",
  "gopkg.in/rana/ora.v4",
  "github.com/godror/godror",
  "github.com/linxGnu/grocksdb",
  "github.com/h2non/bimg",
  "github.com/davidbyttow/govips",
];

/** A stage with more builds is not looked at beyond these: each of them asks where its files come from. */
const MAX_BUILDS = 50;

function isBuild({ program, args }: RunCommand): boolean {
  return program === "go" && (args[0]?.value === "build" || args[0]?.value === "install");
}

function buildOf(run: RunCommand, view: StageView): readonly Build[] {
  const args = readGoArguments(run);
  if (!args) return [];
  const end = run.args.at(-1)?.word.span.end ?? run.programWord.span.end;
  return [
    { toolchain: go, run, span: { start: run.programWord.span.start, end }, artifacts: artifactsOf(run, args, view) },
  ];
}

/** Where the program of a build comes to stand (cmd/go, "Compile packages and dependencies"). */
function artifactsOf(run: RunCommand, args: GoArguments, view: StageView): Fact<readonly string[]> {
  const folder = workFolder(run, args);
  if (folder === undefined) return unknown("the folder it is built in is not known");
  if (!args.packages) return unknown("a variable hides what is built");
  const output = args.flags.get("o");
  if (output && output.value === undefined) return unknown("a variable hides what -o names");
  if (output?.value && args.subcommand === "build") {
    const path = posix.join(folder, output.value);
    // What may be a folder is taken for the program: the image starts one of the two, and only the program can be started.
    const isFolder = output.value.endsWith("/") || view.isFolder(path, run) === true;
    if (!isFolder)
      return args.packages.length <= 1 || namesFiles(args.packages)
        ? known([path])
        : unknown("several packages cannot share one -o");
    return named(run, args, view, folder, path);
  }
  if (args.subcommand === "build")
    return args.packages.length > 1 && !namesFiles(args.packages) ? known([]) : named(run, args, view, folder, folder);
  const bin = installFolder(run, view);
  return bin === undefined ? unknown("GOPATH is not known") : named(run, args, view, folder, bin);
}

function workFolder(run: RunCommand, args: GoArguments): string | undefined {
  const change = args.flags.get("C");
  if (!change) return run.folder;
  return run.folder === undefined || change.value === undefined ? undefined : posix.join(run.folder, change.value);
}

function namesFiles(packages: readonly string[]): boolean {
  return packages.length > 0 && packages.every((path) => path.endsWith(".go"));
}

/** `go install` writes to GOBIN, else to bin below GOPATH; the golang images set GOPATH=/go. */
function installFolder(run: RunCommand, view: StageView): string | undefined {
  const bin = run.lookup("GOBIN");
  if (bin) return bin;
  const path = run.lookup("GOPATH");
  if (path) return posix.join(path, "bin");
  if (view.baseName === "golang") return "/go/bin";
  const home = run.lookup("HOME") || "/root";
  const user = run.stage.scope.user(run.at);
  return user === "" || user === "root" || user === "0" ? posix.join(home, "go/bin") : undefined;
}

function named(
  run: RunCommand,
  args: GoArguments,
  view: StageView,
  folder: string,
  into: string,
): Fact<readonly string[]> {
  const names = programNames(run, args, view, folder);
  return "unknown" in names ? names : known(names.known.map((name) => posix.join(into, name)));
}

/** A program is named after its first file, or after the last part of its package's import path. */
function programNames(run: RunCommand, args: GoArguments, view: StageView, folder: string): Fact<readonly string[]> {
  const packages = args.packages?.length ? args.packages : ["."];
  if (namesFiles(packages)) return known([posix.basename(packages[0] ?? "").replace(/\.go$/, "")]);
  const names: string[] = [];
  for (const path of packages) {
    if (path.includes("...")) return unknown(`${path} stands for packages that only the folder tells`);
    const name = packageName(path.split("@", 1)[0] ?? path, run, view, folder);
    if ("unknown" in name) return name;
    names.push(name.known);
  }
  return known(names);
}

function packageName(path: string, run: RunCommand, view: StageView, folder: string): Fact<string> {
  if (!path.startsWith(".") && !path.startsWith("/")) return known(lastElement(path));
  const place = posix.join(folder, path);
  const module = moduleOf(place, run, view);
  if (module === "gopath")
    return place === "/" ? unknown("a program built in / has no name without -o") : known(posix.basename(place));
  if (!module) return unknown("the program's name comes from go.mod, which was not seen");
  return known(lastElement(module.folder === place ? module.path : place));
}

/** The last element of an import path; a major version (`/v2`) is no name. */
function lastElement(path: string): string {
  const parts = path.split("/").filter(Boolean);
  const last = parts.at(-1) ?? "";
  return /^v\d+$/.test(last) && parts.length > 1 ? (parts.at(-2) ?? last) : last;
}

/** The module that a folder of the stage belongs to, "gopath" where modules are off, undefined where it is not known. */
function moduleOf(
  place: string,
  run: RunCommand,
  view: StageView,
): { folder: string; path: string } | "gopath" | undefined {
  if (run.lookup("GO111MODULE") === "off") return "gopath";
  for (let folder = place; ; folder = posix.dirname(folder)) {
    const origin = view.origin(posix.join(folder, "go.mod"), run);
    if (origin.kind === "unknown") return undefined;
    if (origin.kind === "context") {
      const module = view.project.goModules.get(posix.dirname(`/${origin.path}`).slice(1));
      return module && { folder, path: module.path };
    }
    if (folder === "/") return undefined;
  }
}

/** `go build .` without a go.mod fails since Go 1.16, unless modules are off; undefined where that is not so or not known. */
function missingModule(run: RunCommand, args: GoArguments, view: StageView, folder: string): string | undefined {
  if (run.lookup("GO111MODULE") === "off" || namesFiles(args.packages ?? [])) return undefined;
  if (args.packages?.some((path) => path.includes("@"))) return undefined;
  if (Number(view.baseVersion?.split(".")[1] ?? 99) < 16) return undefined;
  for (let at = folder; ; at = posix.dirname(at)) {
    for (const file of ["go.mod", "go.work"])
      if (view.origin(posix.join(at, file), run).kind !== "none") return undefined;
    if (at === "/") break;
  }
  if (
    view.commands.some(
      ({ program, args: words }) => program === "go" && words[0]?.value === "mod" && words[1]?.value === "init",
    )
  )
    return undefined;
  const what = args.packages?.length ? args.packages.join(" ") : "";
  return `Its own build fails as it stands: no go.mod is copied into ${folder}, and since Go 1.16 \`go ${[args.subcommand, what].filter(Boolean).join(" ")}\` refuses to build without one. Copy go.mod, or name the file to build.`;
}

function planOf(build: Build, view: StageView, text: string): BuildPlan | string {
  const { run } = build;
  const args = readGoArguments(run);
  const folder = args && workFolder(run, args);
  if (!args || folder === undefined) return "The folder in which the program is built is not known.";
  const program = programOf(run, args, view, folder);
  const stop =
    missingModule(run, args, view, folder) ??
    unsupported(run, args) ??
    withoutCgo(run, view, program) ??
    whatItDoes(program);
  if (stop) return stop;
  const cgo = run.lookup("CGO_ENABLED") === "0" ? [] : [cgoEdit(run)];
  const foreign = program?.foreign.filter((path) => path !== "C") ?? [];
  return {
    edits: [...cgo, ...stripEdits(args, run.lookup("GOFLAGS"), text)],
    needs: program?.needs ?? [],
    assumes: assumptions(program, foreign, cgo.length > 0),
    notOnScratch:
      foreign.length > 0
        ? `The program uses modules whose sources were not read (${list(foreign)}): they may want certificates, time zones, users or /tmp, which scratch has not. distroless static has them.`
        : undefined,
    seen: program !== undefined,
    imports: program?.imports,
  };
}

/** The sources of the main package, where the context shows them. */
function programOf(run: RunCommand, args: GoArguments, view: StageView, folder: string): GoProgram | undefined {
  const packages = args.packages?.length ? args.packages : ["."];
  const places = packages.map((path) => view.origin(posix.join(folder, path), run));
  if (namesFiles(packages)) {
    const files = places.flatMap((origin) => (origin.kind === "context" ? [origin.path] : []));
    return files.length === packages.length ? readProgram(view.project, { files }) : undefined;
  }
  const [place] = places;
  return packages.length === 1 && place?.kind === "context" && packages[0]?.startsWith(".")
    ? readProgram(view.project, { folder: place.path })
    : undefined;
}

function unsupported(run: RunCommand, args: GoArguments): string | undefined {
  const mode = args.flags.get("buildmode");
  if (mode && mode.value !== "exe" && mode.value !== "default")
    return `-buildmode=${mode.value ?? "…"} makes a file that needs the C library's loader, which distroless static and scratch have not.`;
  const sanitizer = ["race", "msan", "asan"].find((flag) => args.flags.has(flag));
  if (sanitizer)
    return `-${sanitizer} needs cgo and the C library: such a program is for tests. Without it the program fits on distroless static.`;
  if (/\bexternal\b/.test(args.flags.get("ldflags")?.value ?? ""))
    return "Its -ldflags link with the system's linker, so the program may need the C library, which distroless static and scratch have not.";
  const system = run.lookup("GOOS");
  if (system && system !== "linux") return `The program is built for ${system}, and Linux images cannot run it.`;
  if (run.instruction.json)
    return "The build is a RUN in exec form, which cannot be given CGO_ENABLED=0; in shell form it can.";
  return undefined;
}

function withoutCgo(run: RunCommand, view: StageView, program: GoProgram | undefined): string | undefined {
  if (run.lookup("CGO_ENABLED") === "1")
    return "The build asks for cgo (CGO_ENABLED=1): such a program needs the C library, which distroless static and scratch have not.";
  if (program?.cgo)
    return `The program calls C (import "C" in ${program.cgo}), so it needs the C library, which distroless static and scratch have not.`;
  for (const { requires } of view.project.goModules.values()) {
    const module = CGO_MODULES.find((path) => requires.includes(path));
    if (module)
      return `go.mod requires ${module}, which needs cgo and the C library; distroless static and scratch have none.`;
  }
  return undefined;
}

/** What the program does that a minimal image would break. */
function whatItDoes(program: GoProgram | undefined): string | undefined {
  if (program?.starts)
    return `The program imports ${program.starts}: it starts other programs, which a minimal image has not.`;
  if (program?.reads)
    return `The program reads files at run time (${program.reads.call} in ${program.reads.file}), and which ones cannot be told yet; they would be left behind.`;
  if (program?.writes)
    return `The program writes files at run time (${program.writes.call} in ${program.writes.file}), and a place that its user may write to cannot be told yet.`;
  return undefined;
}

function cgoEdit(run: RunCommand): BuildPlan["edits"][number] {
  const at = run.programWord.span.start;
  return { kind: "cgo", note: "sets CGO_ENABLED=0", span: { start: at, end: at }, text: "CGO_ENABLED=0 " };
}

function assumptions(program: GoProgram | undefined, foreign: readonly string[], setsCgo: boolean): readonly string[] {
  if (!program)
    return [
      `The program's sources were not seen${setsCgo ? ": it is taken to need no C" : ""}, and to read no files of the image and start no other programs.`,
    ];
  return foreign.length > 0
    ? [
        `Modules were not looked into (${list(foreign)}): they are taken to need no C, no files of the image and no other programs.`,
      ]
    : [];
}

function list(paths: readonly string[]): string {
  const shown = paths.filter((path) => !isStandardPackage(path)).slice(0, 3);
  return shown.join(", ") + (paths.length > shown.length ? ` and ${paths.length - shown.length} more` : "");
}
