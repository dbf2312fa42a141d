import { isStandardPackage } from "../../project/go";
import { rememberedBeside } from "../../text/remembered";
import { namedFiles } from "../named-files";
import { filesOf, type ProgramFiles } from "../program-files";
import type { Build, BuildPlan, RunCommand, StageView } from "../toolchain";
import { workFolder } from "./artifacts";
import { cgoOf, surelyWithoutCgo } from "./cgo";
import { type GoArguments, readGoArguments } from "./flags";
import { looksFor } from "./looks-for";
import { moduleFailure } from "./module";
import { moduleStops, needsRoot } from "./modules";
import { mainPackages } from "./packages";
import { type GoProgram, readProgram } from "./sources";
import { stripEdits } from "./strip";

/** How to ship the programs of a build alone; a sentence where it cannot be done safely. */
export function planOf(build: Build, view: StageView, text: string): BuildPlan | string {
  const { run } = build;
  const args = readGoArguments(run);
  const folder = args && workFolder(run, args);
  if (!args || folder === undefined) return "The folder in which the program is built is not known.";
  const stop = moduleFailure(build, view)?.message ?? unsupported(run, args, view);
  if (stop) return stop;
  const program = programOf(run, args, view, folder);
  const cgo = cgoOf(run, view, program, tagsOf(run, args));
  if (typeof cgo === "string") return cgo;
  const files = program ? (moduleStops(program) ?? filesOf(program.uses, view)) : NO_FILES;
  if (typeof files === "string") return files;
  const foreign = program?.foreign ?? [];
  const starts = files.starts.length > 0;
  const named =
    program && (foreign.length > 0 || starts) ? namedFiles(namingFiles(program), view, starts ? "words" : "whole") : [];
  const looked = looksFor(program?.imports ?? [], view);
  return {
    // What a Makefile says cannot be changed here.
    edits: [...cgo.edits, ...(run.via ? [] : stripEdits(args, run.lookup("GOFLAGS"), mayTrim(view, program), text))],
    needs: [...(program?.needs ?? []), ...files.needs],
    library: cgo.library,
    reads: [...files.reads, ...named, ...looked.reads],
    writes: [...files.writes, ...looked.writes],
    home: files.home,
    starts: files.starts,
    root: program && needsRoot(program),
    assumes: [...assumptions(program, foreign, cgo.library === undefined && cgo.edits.length > 0), ...files.assumes],
    notOnScratch: notOnScratch(cgo.library?.why, files.home, program),
    seen: program !== undefined,
    closed: program !== undefined && foreign.length === 0 && !starts,
    imports: program?.imports,
  };
}

/** The programs of a build, as their sources show them; undefined where the context does not. */
export function programOf(run: RunCommand, args: GoArguments, view: StageView, folder: string): GoProgram | undefined {
  const mains = mainPackages(run, args, view, folder);
  return mains && readProgram(view.project, mains, tagsOf(run, args));
}

/** What a program's own files say, in one list for all that ask. */
const namingFiles = rememberedBeside(({ own }: GoProgram) =>
  own.map(({ path, folder, source }) => ({ path, folder, literals: source.text.strings, embeds: source.embeds })),
);

const NO_FILES: ProgramFiles = { reads: [], writes: [], needs: [], home: undefined, assumes: [], starts: [] };

/** The tags of the build, and `cgo` where that may be on. */
function tagsOf(run: RunCommand, args: GoArguments): ReadonlySet<string> {
  const tags = (args.flags.get("tags")?.value ?? "").split(/[\s,]+/);
  return new Set([...tags.filter(Boolean), ...(surelyWithoutCgo(run) ? [] : ["cgo"])]);
}

function notOnScratch(
  library: string | undefined,
  home: string | undefined,
  program: GoProgram | undefined,
): string | undefined {
  const foreign = program?.foreign ?? [];
  const ports = program?.uses.find(({ deed }) => deed === "services");
  if (library) return `The program needs the C library (${library}): scratch has none, distroless base has.`;
  if (home)
    return `The program keeps files in its user's folder (${home}): scratch has no users, distroless static has.`;
  // netbase is in static (catalog/distroless), as in golang's images on Debian.
  if (ports)
    return `The program looks up ports by their names (${ports.call} in ${ports.file}), which stand in /etc/services: scratch has none, distroless static has.`;
  return foreign.length > 0
    ? `The program uses modules whose sources were not read (${list(foreign)}): they may want certificates, time zones, users or /tmp, which scratch has not. distroless static has them.`
    : undefined;
}

/** Releases whose Go is older than 1.13, which brought -trimpath: Ubuntu to 18.04 and Debian to 10. */
const OLD_RELEASES = new Set(["trusty", "xenial", "bionic", "jessie", "stretch", "buster"]);

/** Paths may be left out: the compiler knows how, and the program does not ask where its own sources stood. */
function mayTrim(view: StageView, program: GoProgram | undefined): boolean {
  return knowsTrimpath(view) && program?.uses.some(({ deed }) => deed === "sources") !== true;
}

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

function assumptions(program: GoProgram | undefined, foreign: readonly string[], setsCgo: boolean): readonly string[] {
  if (!program)
    return [
      `The program's sources were not seen: it is taken to ${setsCgo ? "need no C, to " : ""}read no files of the image and start no other programs.`,
    ];
  return foreign.length > 0
    ? [
        `Modules were not looked into (${list(foreign)}): they are taken to need no ${setsCgo ? "C, no " : ""}files of the image and no other programs.`,
      ]
    : [];
}

function list(paths: readonly string[]): string {
  const shown = paths.filter((path) => !isStandardPackage(path)).slice(0, 3);
  return shown.join(", ") + (paths.length > shown.length ? ` and ${paths.length - shown.length} more` : "");
}
