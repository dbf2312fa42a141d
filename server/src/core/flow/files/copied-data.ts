import { posix } from "../../model/paths";
import type { Copy } from "./copies";

/** What a sentence about something that is left behind ends with. */
export const NOT_READ = ", and its sources were not all read.";

/** What a COPY brings beside sources, for a sentence; undefined where it brings nothing else. */
export function nameOfCopied(copy: Copy): string | undefined {
  if (copy.instruction.heredocs.length > 0) return "a file that is written in this Dockerfile";
  if (copy.from !== undefined) return `files of ${copy.from}`;
  return copy.sources ? copy.sources.find((source) => !isSource(source)) : "a file that a variable names";
}

/** What a compiler reads, and no program. */
export function isSource(path: string): boolean {
  const name = posix.basename(path);
  if (name === "*" && path !== name) return isSource(posix.dirname(path));
  return /^\.?$|\.(?:go|mod|sum|work|s|S|c|h|cc|cpp|cxx|hpp|hh|rs|cmake)$|^(?:go|Cargo)\.\*$|^Cargo\.(?:toml|lock)$|^\*$|^(?:cmd|pkg|internal|src|vendor|lib|api|crates|include|Makefile|CMakeLists\.txt|rust-toolchain(?:\.toml)?|Dockerfile|\.git)$/.test(
    name,
  );
}
