import { posix } from "../../model/paths";
import type { RunCommand } from "../toolchain";

/** The words of a command that compiles C or C++ (gcc.gnu.org, Invoking GCC; clang.llvm.org takes the same). */
export interface CompilerArguments {
  /** Where what it makes comes to stand, absolute; undefined where that is not known. */
  readonly output: string | undefined;
  /** Its sources and objects, as they are written. */
  readonly sources: readonly string[];
  /** What `-l` names, and what pkg-config is asked for. */
  readonly libraries: readonly string[];
  readonly packages: readonly string[];
  readonly flags: ReadonlySet<string>;
  /** A program, an object, a shared library, or nothing that stays. */
  readonly makes: "program" | "object" | "library" | "nothing";
  readonly isStatic: boolean;
  readonly isCxx: boolean;
}

const COMPILER = /^(?:gcc|cc|g\+\+|c\+\+|clang|clang\+\+)(?:-\d+)?$/;
/** Options whose value is the next word. */
const WITH_VALUE = new Set(
  "-I -L -D -U -include -isystem -x -MF -MT -MQ -Xlinker -arch -idirafter -iquote -T -u".split(" "),
);
/** Flags with which it makes nothing that stays. */
const NOTHING = /^(?:-E|-fsyntax-only|-M|-MM|--version|-v|-print-\S+|-dump\S+)$/;
/** `$(pkg-config --cflags --libs sqlite3 libpq)` */
const PKG_CONFIG = /^"?\$\(pkg-config ((?:[\w.+-]+ ?)+)\)"?$|^"?`pkg-config ((?:[\w.+-]+ ?)+)`"?$/;

/** Undefined where it is no compiler, or a word is not known. */
export function readCompiler(run: RunCommand): CompilerArguments | undefined {
  const { program = "" } = run;
  if (!COMPILER.test(program)) return undefined;
  const { args, folder } = run;
  let output: string | undefined;
  const sources: string[] = [];
  const libraries: string[] = [];
  const packages: string[] = [];
  const flags = new Set<string>();
  for (let at = 0; at < args.length; at++) {
    const { value, word } = args[at] as RunCommand["args"][number];
    const asked = value === undefined ? PKG_CONFIG.exec(word.text) : undefined;
    if (asked)
      packages.push(...(asked[1] ?? asked[2] ?? "").split(" ").filter((each) => each !== "" && !each.startsWith("-")));
    else if (value === undefined || value.startsWith("@")) return undefined;
    else if (value === "-o") output = args[++at]?.value ?? "";
    else if (/^-o./.test(value)) output = value.slice(2);
    else if (WITH_VALUE.has(value)) at++;
    else if (value.startsWith("-l")) libraries.push(value.slice(2) || (args[++at]?.value ?? ""));
    else if (value.startsWith("-") && value !== "-") flags.add(value);
    else sources.push(value);
  }
  const makes = kindOf(flags);
  const name = output ?? (makes === "program" ? "a.out" : undefined);
  if (sources.length === 0 || output === "") return undefined;
  return {
    output:
      name === undefined || (folder === undefined && !name.startsWith("/"))
        ? undefined
        : posix.join(folder ?? "/", name),
    sources,
    libraries,
    packages,
    flags,
    makes,
    isStatic: flags.has("-static") || flags.has("-static-pie"),
    isCxx:
      program.includes("++") ||
      sources.some((source) => /\.(?:cc|cpp|cxx|C)$/.test(source)) ||
      libraries.includes("stdc++"),
  };
}

function kindOf(flags: ReadonlySet<string>): CompilerArguments["makes"] {
  if ([...flags].some((flag) => NOTHING.test(flag))) return "nothing";
  if (flags.has("-shared")) return "library";
  return flags.has("-c") || flags.has("-S") || flags.has("-r") ? "object" : "program";
}
