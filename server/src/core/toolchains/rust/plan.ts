import { posix } from "../../model/paths";
import { libcMisfit } from "../libc";
import { namedFiles } from "../named-files";
import { filesOf, type ProgramFiles } from "../program-files";
import type { Build, BuildPlan, ByteRange, Library, NativeLibrary, RunCommand, StageView } from "../toolchain";
import { type CargoArguments, readCargoArguments } from "./arguments";
import { crateLibraries } from "./crates";
import { linkSettings } from "./link";
import { type RustProgram, rustProgram } from "./sources";

/** How to ship the programs of a cargo build alone; a sentence where it cannot be done safely. */
export function rustPlan(build: Build, view: StageView): BuildPlan | string {
  const { run } = build;
  const args = readCargoArguments(run);
  if (!args || args.folder === undefined) return "What cargo builds, or in which folder, cannot be told.";
  const program = rustProgram(build, view);
  if (program?.linkScript)
    return `${program.linkScript} compiles C or names libraries to link with, and what these need at run time is not known.`;
  const library = libraryOf(run, args, view, program);
  if (typeof library === "string") return library;
  const files = program?.uses ? filesOf(program.uses, view) : NO_FILES;
  if (typeof files === "string") return files;
  const foreign = program?.foreign ?? [];
  const seen = program?.uses !== undefined;
  return {
    edits: [],
    needs: files.needs,
    library,
    reads: [
      ...files.reads,
      ...(program ? namedFiles(program.naming, view, files.starts.length > 0 ? "words" : "whole") : []),
      ...looksFor(foreign, view),
    ],
    writes: files.writes,
    home: files.home,
    starts: files.starts,
    root: undefined,
    assumes: [...assumptions(seen, foreign), ...files.assumes],
    notOnScratch: notOnScratch(library, seen, foreign),
    seen,
    closed: seen && foreign.length === 0 && files.starts.length === 0,
    imports: undefined,
    bytes: bytesOf(library?.shared?.length ?? 0, lockedCrates(run, args, view, program)),
  };
}

const NO_FILES: ProgramFiles = { reads: [], writes: [], needs: [], home: undefined, assumes: [], starts: [] };

/** What cargo links the program with (rust-lang/rfcs 1721); undefined where it is static. */
function libraryOf(
  run: RunCommand,
  args: CargoArguments,
  view: StageView,
  program: RustProgram | undefined,
): Library | undefined | string {
  const settings = linkSettings(run, args, view);
  if (settings === undefined)
    return "How cargo links the program is set in a file or a variable that was not followed (.cargo/config.toml, RUSTFLAGS, a linker).";
  if (args.target !== undefined && !/^(?:x86_64|aarch64)-unknown-linux-(?:gnu|musl)$/.test(args.target))
    return `The program is built for ${args.target}, which Ballast does not know how to ship.`;
  const isMusl = args.target?.endsWith("musl") ?? view.baseLibc === "musl";
  if (isMusl && view.baseLibc === "musl" && view.baseName !== "rust")
    return "Alpine's own Rust links programs with its C library, which distroless images have not; the rust image's links statically.";
  const libraries = linkedLibraries(run, args, view, program);
  if (typeof libraries === "string") return libraries;
  if (isMusl)
    return settings === "dynamic"
      ? "The program is linked with musl's shared library, which distroless images have not."
      : undefined;
  const why =
    settings === "static" ? "its names of hosts are looked up by glibc" : "cargo links it with glibc and libgcc_s";
  const library: Library = { rung: "cc", why, shared: libraries };
  return { ...library, misfit: libcMisfit(view, library, "A rust image") };
}

/**
 * A release build with symbols: Rust's own library (0.45 MB, seen with rustc 1.85), and an estimate of what each crate of the
 * lock file adds.
 */
function bytesOf(libraries: number, crates: ReadonlySet<string>): ByteRange {
  const more = Math.max(crates.size - 1, libraries);
  return { bytes: 450_000 + more * 60_000, low: 350_000 + more * 5_000, high: 700_000 + more * 200_000 };
}

function linkedLibraries(
  run: RunCommand,
  args: CargoArguments,
  view: StageView,
  program: RustProgram | undefined,
): readonly NativeLibrary[] | string {
  return crateLibraries(lockedCrates(run, args, view, program));
}

/** All crates of the lock file; without one, those that the manifests name. */
function lockedCrates(
  run: RunCommand,
  args: CargoArguments,
  { project: { packages }, origin }: StageView,
  program: RustProgram | undefined,
): ReadonlySet<string> {
  const lock = origin(posix.join(program?.project.root.place ?? args.folder ?? "/", "Cargo.lock"), run);
  const locked = lock.kind === "context" ? packages?.get(lock.path) : undefined;
  return locked ?? new Set(program?.foreign);
}

/** Files that crates look for without being told (rocket.rs, Configuration; docs.rs/dotenvy). */
function looksFor(crates: readonly string[], { workdir }: StageView): BuildPlan["reads"] {
  const names = [
    ...(crates.includes("rocket") ? ["Rocket.toml"] : []),
    ...(crates.includes("rocket_dyn_templates") ? ["templates"] : []),
    ...(crates.some((name) => /^dotenvy?$/.test(name)) ? [".env"] : []),
  ];
  return names.map((name) => ({
    path: posix.join(workdir ?? "/", name),
    shape: name === "templates" ? ("folder" as const) : ("file" as const),
    by: "the crate that looks for it",
  }));
}

function assumptions(seen: boolean, foreign: readonly string[]): readonly string[] {
  if (!seen)
    return [
      "The program's sources were not seen: it is taken to read no files of the image, to start no other programs, and to need no library but those of the compiler.",
    ];
  return foreign.length > 0
    ? [
        `Crates were not looked into (${list(foreign)}): they are taken to read no files of the image and start no other programs.`,
      ]
    : [];
}

function notOnScratch(library: Library | undefined, seen: boolean, foreign: readonly string[]): string | undefined {
  if (library)
    return `The program needs the C library (${library.why}): scratch has none, distroless ${library.rung} has. A build for x86_64-unknown-linux-musl needs none.`;
  if (!seen)
    return "The program's sources were not seen: it may want certificates, time zones, users or /tmp, which scratch has not. distroless static has them.";
  return foreign.length > 0
    ? `The program uses crates whose sources were not read (${list(foreign)}): they may want certificates, time zones, users or /tmp, which scratch has not. distroless static has them.`
    : undefined;
}

function list(names: readonly string[]): string {
  return names.slice(0, 3).join(", ") + (names.length > 3 ? ` and ${names.length - 3} more` : "");
}
