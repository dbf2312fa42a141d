import { posix } from "../model/paths";
import type { Linked, RunCommand, StageView } from "./toolchain";

const COMPILER = /^(?:gcc|cc|g\+\+|c\+\+|clang|clang\+\+)(?:-\d+)?$/;
/** Flags with which it makes no program, one for another system, or one that is linked in another way. */
const ANOTHER =
  /^(?:-[cESr]|-shared|-static(?:-pie)?|-nostdlib|-nolibc|-T.*|-fsyntax-only|-nostartfiles|-nodefaultlibs|-ffreestanding|-m(?:32|x32)|-B.*|-specs=.*|--?target.*|-Wl,.*(?:static|dynamic-linker|-r\b).*|-M+D?|@.*)$/;
/** Options whose value is the next word. */
const WITH_VALUE = new Set(["-I", "-L", "-D", "-U", "-include", "-isystem", "-x", "-MF", "-MT", "-Xlinker", "-arch"]);
/** They are parts of the C library, or come from the compiler as archives. */
const OF_LIBC = new Set("c m pthread dl rt util resolv anl".split(" "));

/** What a C compiler makes at a path: a program, which is linked with the C library unless a flag says otherwise. */
export function compiledByCc(run: RunCommand, path: string, view: StageView): Linked | undefined {
  const { program = "", args, folder, command } = run;
  if (!COMPILER.test(program)) return undefined;
  let output = "a.out";
  const sources: string[] = [];
  const libraries: string[] = [];
  const flags = new Set<string>();
  for (let at = 0; at < args.length; at++) {
    const value = args[at]?.value;
    if (value === undefined || ANOTHER.test(value)) return undefined;
    if (value === "-o") output = args[++at]?.value ?? "";
    else if (value.startsWith("-o")) output = value.slice(2);
    else if (WITH_VALUE.has(value)) at++;
    else if (value.startsWith("-l")) libraries.push(value.slice(2) || (args[++at]?.value ?? ""));
    else if (value.startsWith("-")) flags.add(value);
    else sources.push(value);
  }
  if (sources.length === 0 || output === "" || (folder === undefined && !output.startsWith("/"))) return undefined;
  if (posix.join(folder ?? "/", output) !== path) return undefined;
  const cxx = program.includes("++") || libraries.includes("stdc++");
  const own = cxx && !flags.has("-static-libstdc++") ? ["stdc++"] : [];
  const names = new Set([...own, ...libraries.filter((name) => !OF_LIBC.has(name))]);
  return {
    why: `${program} links it so`,
    sure: command.always,
    // A linker may leave out a library of which nothing is called, and the sources were not read.
    libraries: [...names].map((name) => ({ name, sure: name === "stdc++" && callsStdcxx(run, flags, sources, view) })),
  };
}

/** A source that the command names writes to a stream of libstdc++; flags of the linker may be others. */
function callsStdcxx(
  run: RunCommand,
  flags: ReadonlySet<string>,
  sources: readonly string[],
  { project, origin }: StageView,
): boolean {
  if (!run.command.always || [...flags].some((flag) => /^-(?:Wl,|fuse-ld|static)/.test(flag))) return false;
  return sources.some((source) => {
    const found = origin(posix.join(run.folder ?? "/", source), run);
    return found.kind === "context" && project.cxxStreams?.has(found.path) === true;
  });
}
