import { posix } from "../model/paths";
import { isStandardPackage } from "../project/go";
import { namesFiles, workFolder } from "./go-artifacts";
import { type GoArguments, readGoArguments } from "./go-flags";
import { moduleFailure } from "./go-module";
import { type GoProgram, readProgram } from "./go-sources";
import { stripEdits } from "./go-strip";
import type { Build, BuildEdit, BuildPlan, RunCommand, StageView } from "./toolchain";

/** Modules and packages that do nothing, or not the same, without cgo. */
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

/** How to ship the program of a build alone; a sentence where it cannot be done safely. */
export function planOf(build: Build, view: StageView, text: string): BuildPlan | string {
  const { run } = build;
  const args = readGoArguments(run);
  const folder = args && workFolder(run, args);
  if (!args || folder === undefined) return "The folder in which the program is built is not known.";
  const program = programOf(run, args, view, folder);
  const stop =
    moduleFailure(build, view)?.message ??
    unsupported(run, args, view) ??
    withoutCgo(run, view, program) ??
    whatItDoes(program);
  if (stop) return stop;
  const cgo = surelyWithoutCgo(run) ? [] : [cgoEdit(run)];
  const foreign = program?.foreign.filter((path) => path !== "C") ?? [];
  return {
    edits: [...cgo, ...stripEdits(args, run.lookup("GOFLAGS"), knowsTrimpath(view), text)],
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
export function programOf(run: RunCommand, args: GoArguments, view: StageView, folder: string): GoProgram | undefined {
  const packages = args.packages?.length ? args.packages : ["."];
  const places = packages.map((path) => view.origin(posix.join(folder, path), run));
  if (namesFiles(packages)) {
    const files = places.flatMap((origin) => (origin.kind === "context" ? [origin.path] : []));
    return files.length === packages.length ? readProgram(view.project, { files }) : undefined;
  }
  const [place] = places;
  if (packages.length !== 1 || !packages[0]?.startsWith(".")) return undefined;
  if (place?.kind === "context") return readProgram(view.project, { folder: place.path });
  return readProgram(view.project, { files: copiedInto(posix.join(folder, packages[0]), run, view) });
}

/** The sources that were copied into a folder one by one. */
function copiedInto(folder: string, run: RunCommand, view: StageView): readonly string[] {
  return [...view.project.goSources.keys()].filter((path) => {
    const origin = view.origin(posix.join(folder, posix.basename(path)), run);
    return origin.kind === "context" && origin.path === path;
  });
}

/** Releases whose Go is older than 1.13, which brought -trimpath: Ubuntu to 18.04 and Debian to 10. */
const OLD_RELEASES = new Set(["trusty", "xenial", "bionic", "jessie", "stretch", "buster"]);

/** The compiler surely has -trimpath; an unknown flag would break the build. */
export function knowsTrimpath({ baseName, baseVersion, baseRelease }: StageView): boolean {
  if (baseName === "golang") return Number(baseVersion?.split(".")[1] ?? 99) >= 13;
  return ["ubuntu", "debian"].includes(baseName ?? "") && baseRelease !== undefined && !OLD_RELEASES.has(baseRelease);
}

function unsupported(run: RunCommand, args: GoArguments, view: StageView): string | undefined {
  if (/-(?:buildmode|race|msan|asan|linkshared|compiler|linkmode)/.test(run.lookup("GOFLAGS") ?? "")) {
    return "GOFLAGS asks for a kind of program that may need the C library, which distroless static and scratch have not.";
  }
  if (
    view.commands.some(
      ({ program, args: words }) =>
        program === "go" && words[0]?.value === "env" && words.some(({ value }) => value === "-w"),
    )
  ) {
    return "`go env -w` changes how Go builds and where it puts programs, which is not followed.";
  }
  if (
    args.flags.has("compiler") ||
    args.flags.has("linkshared") ||
    view.commands.some(({ args: words }) => words.some(({ value }) => value?.startsWith("gccgo")))
  ) {
    return "A program of gccgo, or one that links with shared Go libraries, needs them beside it; distroless static and scratch have none.";
  }
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
  const used = [
    ...(program?.imports ?? []),
    ...[...view.project.goModules.values()].flatMap(({ requires }) => requires),
  ];
  const module = CGO_MODULES.find((path) => used.some((each) => each === path || each.startsWith(`${path}/`)));
  return (
    module && `The program uses ${module}, which needs cgo and the C library; distroless static and scratch have none.`
  );
}

/** What the program does that a minimal image would break. */
function whatItDoes(program: GoProgram | undefined): string | undefined {
  if (program?.starts) {
    return `The program starts other programs (${program.starts.call} in ${program.starts.file}), which a minimal image has not.`;
  }
  if (program?.reads)
    return `The program reads files at run time (${program.reads.call} in ${program.reads.file}), and which ones cannot be told yet; they would be left behind.`;
  if (program?.writes)
    return `The program writes files at run time (${program.writes.call} in ${program.writes.file}), and a place that its user may write to cannot be told yet.`;
  return undefined;
}

/** CGO_ENABLED=0, and not by way of an ARG that a build may set to something else. */
function surelyWithoutCgo(run: RunCommand): boolean {
  const byArgument = run.stage.instructions.some(
    ({ keyword, body }) =>
      (keyword === "ARG" && /\bCGO_ENABLED\b/.test(body)) || (keyword === "ENV" && /\bCGO_ENABLED=["']?\$/.test(body)),
  );
  return run.lookup("CGO_ENABLED") === "0" && !byArgument;
}

export function cgoEdit(run: RunCommand): BuildEdit {
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
