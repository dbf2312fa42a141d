import { posix } from "../../model/paths";
import { OF_LIBC } from "../native-libraries";
import type { Linked, RunCommand, StageView } from "../toolchain";
import { type CompilerArguments, readCompiler } from "./arguments";

/** Flags with which it makes a program for another system, or one that is linked in another way. */
export const ANOTHER =
  /^(?:-[cESr]|-shared|-static(?:-pie)?|-nostdlib|-nolibc|-T.*|-fsyntax-only|-nostartfiles|-nodefaultlibs|-ffreestanding|-m(?:32|x32)|-B.*|-specs=.*|--?target.*|-Wl,.*(?:static|dynamic-linker|-r\b).*|-M+D?)$/;

/** What a C compiler makes at a path: a program, which is linked with the C library unless a flag says otherwise. */
export function compiledByCc(run: RunCommand, path: string, view: StageView): Linked | undefined {
  const read = readCompiler(run);
  if (!read || read.output !== path || read.packages.length > 0) return undefined;
  if ([...read.flags].some((flag) => ANOTHER.test(flag))) return undefined;
  const { program = "", command } = run;
  const { flags, libraries } = read;
  const cxx = program.includes("++") || libraries.includes("stdc++");
  const own = cxx && !flags.has("-static-libstdc++") ? ["stdc++"] : [];
  const names = new Set([...own, ...libraries.filter((name) => !OF_LIBC.has(name))]);
  return {
    why: `${program} links it so`,
    sure: command.always,
    // A linker may leave out a library of which nothing is called, and the sources were not read.
    libraries: [...names].map((name) => ({ name, sure: name === "stdc++" && callsStdcxx(run, read, view) })),
  };
}

/** A source that the command names writes to a stream of libstdc++; flags of the linker may be others. */
function callsStdcxx(run: RunCommand, { flags, sources }: CompilerArguments, { project, origin }: StageView): boolean {
  if (!run.command.always || [...flags].some((flag) => /^-(?:Wl,|fuse-ld|static)/.test(flag))) return false;
  return sources.some((source) => {
    const found = origin(posix.join(run.folder ?? "/", source), run);
    return found.kind === "context" && project.cxxStreams?.has(found.path) === true;
  });
}
