import type { ShellWord } from "../../shell/script";
import type { RunCommand } from "../toolchain";

/** A flag of `go build` or `go install`, with the word that holds its value. */
export interface GoFlag {
  readonly value: string | undefined;
  readonly word: ShellWord;
  /** Where the value begins in the word's text: behind the `=`, or 0. */
  readonly valueAt: number;
}

export interface GoArguments {
  readonly subcommand: "build" | "install";
  readonly subcommandWord: ShellWord;
  readonly flags: ReadonlyMap<string, GoFlag>;
  /** Packages or files; undefined where a variable hides one. */
  readonly packages: readonly string[] | undefined;
}

/** Flags whose value may be the next word (`go help build`). All others are on or off. */
const WITH_VALUE = new Set([
  "C",
  "o",
  "p",
  "tags",
  "ldflags",
  "gcflags",
  "asmflags",
  "gccgoflags",
  "mod",
  "modfile",
  "overlay",
  "pkgdir",
  "toolexec",
  "buildmode",
  "compiler",
  "installsuffix",
  "pgo",
  "covermode",
  "coverpkg",
]);

/** The arguments of a `go build` or `go install`; undefined for any other command. */
export function readGoArguments(run: RunCommand): GoArguments | undefined {
  const [first, ...rest] = run.args;
  if (run.program !== "go" || !first || (first.value !== "build" && first.value !== "install")) return undefined;
  const flags = new Map<string, GoFlag>();
  const packages: (string | undefined)[] = [];
  for (let at = 0; at < rest.length; at++) {
    const argument = rest[at] as (typeof rest)[number];
    const match = packages.length > 0 ? null : /^--?([a-zA-Z]+)(=?)/.exec(argument.word.text);
    const name = match?.[1];
    if (!match || !name) packages.push(argument.value);
    else if (match[2])
      flags.set(name, { value: argument.value?.slice(match[0].length), word: argument.word, valueAt: match[0].length });
    else if (WITH_VALUE.has(name)) {
      const next = rest[++at];
      flags.set(name, { value: next?.value, word: next?.word ?? argument.word, valueAt: 0 });
    } else flags.set(name, { value: "true", word: argument.word, valueAt: 0 });
  }
  return {
    subcommand: first.value,
    subcommandWord: first.word,
    flags,
    packages: packages.every((item) => item !== undefined) ? (packages as string[]) : undefined,
  };
}

/** The packages are given as files. */
export function namesFiles(packages: readonly string[]): boolean {
  return packages.length > 0 && packages.every((path) => path.endsWith(".go"));
}
