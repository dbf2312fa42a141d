import { libcMisfit } from "../libc";
import { namedFiles } from "../named-files";
import { nativeLibrary, OF_COMPILER, OF_LIBC } from "../native-libraries";
import { filesOf, type ProgramFiles } from "../program-files";
import type { Build, BuildPlan, ByteRange, Library, NativeLibrary, Need, StageView } from "../toolchain";
import { readCompiler } from "./arguments";
import { cmakeOf } from "./builds";
import { libraryOfHeader, libraryOfModule } from "./headers";
import { ANOTHER } from "./link";
import { type CProgram, cProgram } from "./sources";

/** How to ship a program of C or C++ alone; a sentence where it cannot be done safely. */
export function cPlan(build: Build, view: StageView): BuildPlan | string {
  const program = cProgram(build, view);
  const link = linkOf(build, view, program);
  if (typeof link === "string") return link;
  const stop = program && unsafe(program, link);
  if (stop) return stop;
  const files = program ? filesOf(program.uses, view) : NO_FILES;
  if (typeof files === "string") return files;
  const library = libraryOf(link, view, program);
  if (typeof library === "string") return library;
  const foreign = (program?.includes ?? []).filter((name) => libraryOfHeader(name) === undefined);
  const closed = program !== undefined && link.isKnown && foreign.length === 0 && files.starts.length === 0;
  return {
    edits: [],
    needs: [...files.needs, ...needsOf(program)],
    library,
    reads: [
      ...files.reads,
      ...(program ? namedFiles(program.naming, view, files.starts.length > 0 ? "words" : "whole") : []),
    ],
    writes: files.writes,
    home: files.home,
    starts: files.starts,
    root: undefined,
    assumes: [...assumptions(program, foreign), ...files.assumes],
    notOnScratch:
      library && `The program needs the C library (${library.why}): scratch has none, distroless ${library.rung} has.`,
    seen: program !== undefined,
    closed,
    imports: undefined,
    bytes: bytesOf(link, program),
  };
}

const NO_FILES: ProgramFiles = { reads: [], writes: [], needs: [], home: undefined, assumes: [], starts: [] };

/** How the program is linked. */
interface Link {
  /** Its flags are those of a command that was read. */
  readonly isKnown: boolean;
  readonly isStatic: boolean;
  readonly isCxx: boolean;
  /** Libraries by their names, with who says so. */
  readonly libraries: ReadonlyMap<string, string>;
}

function linkOf(build: Build, view: StageView, program: CProgram | undefined): Link | string {
  const read = readCompiler(build.run);
  const shared = view.commands.find((run) => readCompiler(run)?.makes === "library");
  if (shared) return "The stage makes a shared library of its own, which the program may look for at run time.";
  const headers = (program?.includes ?? []).flatMap((name): [string, string][] => {
    const library = libraryOfHeader(name);
    return library ? [[library, `it includes ${name}`]] : [];
  });
  if (read) {
    const odd = [...read.flags].find((flag) => ANOTHER.test(flag) && !/^-static/.test(flag));
    if (odd) return `The program is linked with ${odd}, which asks for more than is known here.`;
    const file = read.sources.find((source) => /\.so(?:\.|$)/.test(source));
    if (file) return `The program is linked with the file ${file}, which it would miss.`;
    const named = [...read.libraries, ...read.packages.map(libraryOfModule)];
    const openmp = read.flags.has("-fopenmp") ? ["gomp"] : [];
    return {
      isKnown: true,
      isStatic: read.isStatic,
      isCxx: read.isCxx && !(read.flags.has("-static-libstdc++") && read.flags.has("-static-libgcc")),
      libraries: new Map([...named, ...openmp].filter(Boolean).map((name) => [name, `-l${name}`])),
    };
  }
  const lists = cmakeOf(build.run, view);
  const unclear = lists?.find((list) => list.unclear)?.unclear;
  if (unclear) return `What the program of CMakeLists.txt needs beside it cannot be told: ${unclear}.`;
  const named =
    lists?.flatMap(({ libraries }) => libraries.map((name) => libraryOfModule(name.replace(/^-l/, "")))) ?? [];
  const open = named.find((name) => /[$<]/.test(name));
  if (open) return `What the program is linked with stands in ${open} of CMakeLists.txt, which was not followed.`;
  if (program?.includes.some((name) => libraryOfHeader(name) === undefined) && !lists)
    return "What the program is linked with cannot be told: its Makefile was not followed, and it includes headers of libraries that are not known here.";
  return {
    isKnown: lists !== undefined,
    isStatic: false,
    isCxx: program?.isCxx ?? true,
    libraries: new Map([
      ...headers,
      ...named.filter(Boolean).map((name): [string, string] => [name, "CMakeLists.txt names it"]),
    ]),
  };
}

/** Why the program cannot leave its image, whatever it is linked with. */
function unsafe({ calls }: CProgram, { isStatic }: Link): string | undefined {
  if (calls.has("dlopen") || calls.has("dlmopen"))
    return "The program loads libraries at run time (dlopen), and which ones cannot be told.";
  const lookup = ["getaddrinfo", "gethostbyname", "getpwnam", "getpwuid", "getgrnam"].find((name) => calls.has(name));
  // glibc loads libnss of its very version for that (sourceware.org/glibc/wiki/FAQ, static linking).
  return isStatic && lookup
    ? `The program is linked statically and calls ${lookup}, for which glibc loads shared libraries of its own version at run time.`
    : undefined;
}

/** Calls for which glibc loads libgcc_s (nptl/unwind.c, debug/backtrace.c). */
const UNWINDS = ["pthread_exit", "pthread_cancel", "backtrace", "backtrace_symbols"];

function libraryOf(link: Link, view: StageView, program: CProgram | undefined): Library | undefined | string {
  const shared = [...link.libraries].flatMap(([name, why]): NativeLibrary[] =>
    OF_LIBC.has(name) || OF_COMPILER.has(name) ? [] : [nativeLibrary(name, why)],
  );
  if (link.isStatic) return undefined;
  const ofCompiler = [...link.libraries.keys()].some((name) => OF_COMPILER.has(name));
  const small =
    program &&
    link.isKnown &&
    !link.isCxx &&
    !ofCompiler &&
    shared.length === 0 &&
    !UNWINDS.some((name) => program.calls.has(name));
  const newer = link.isCxx && view.baseName === "gcc" && Number(view.baseVersion?.split(".")[0] ?? NEWEST) > FINAL_GCC;
  const why = link.isCxx ? "it is C++" : small ? "it is C" : "it is linked with the C library";
  const library: Library = newer
    ? {
        rung: "base",
        why,
        shared: [
          ...shared,
          ...["stdc++", "gcc_s"].map((name) =>
            nativeLibrary(name, `gcc ${view.baseVersion} has a newer one than Debian 13`),
          ),
        ],
      }
    : { rung: small ? "base" : "cc", why, shared };
  return { ...library, misfit: libcMisfit(view, library, "A build stage") };
}

/** The GCC of Debian 13, whose libstdc++ distroless cc-debian13 has; the gcc images of later ones bring their own. */
const FINAL_GCC = 14;
const NEWEST = 99;

function needsOf(program: CProgram | undefined): readonly Need[] {
  if (!program) return [];
  const asks = (names: readonly string[], what: Need["what"]): readonly Need[] => {
    const call = names.find((name) => program.calls.has(name));
    return call ? [{ what, why: `it calls ${call}` }] : [];
  };
  return [
    ...asks(["tmpfile", "tmpnam", "temp_directory_path"], "temp"),
    ...asks(["getpwnam", "getpwuid", "getgrnam", "getgrgid"], "users"),
    ...asks(["locate_zone", "tzalloc"], "zones"),
  ];
}

function assumptions(program: CProgram | undefined, foreign: readonly string[]): readonly string[] {
  if (!program)
    return [
      "The program's sources were not seen: it is taken to read no files of the image and to start no other programs.",
    ];
  return foreign.length > 0
    ? [
        `Libraries of others were not looked into (${foreign.slice(0, 3).join(", ")}): they are taken to read no files of the image and start no other programs.`,
      ]
    : [];
}

/** 16 KB of an empty program, and about as much as its sources; a static one brings parts of glibc (0.8 MB for printf alone). */
function bytesOf({ isStatic, isCxx }: Link, program: CProgram | undefined): ByteRange {
  const own = program?.bytes ?? 50_000;
  const libc = isStatic ? (isCxx ? 2_200_000 : 800_000) : 16_000;
  return { bytes: libc + own, low: libc * 0.9, high: libc * 1.3 + own * 4 + 50_000 };
}
