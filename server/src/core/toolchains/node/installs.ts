import { posix } from "../../model/paths";
import { remembered } from "../../text/remembered";
import type { RunCommand } from "../toolchain";

/** A command that installs the packages of a project. */
export interface Install {
  readonly run: RunCommand;
  readonly manager: Manager;
  /** The folder whose node_modules it fills; undefined where it is not known. */
  readonly folder: string | undefined;
  /** Packages that are named, beside those of package.json. */
  readonly named: readonly string[];
  /** Those for development come too. */
  readonly withDev: boolean;
  /** For all of the machine: tools. */
  readonly isGlobal: boolean;
  readonly flags: readonly string[];
}

export type Manager = "npm" | "yarn" | "pnpm" | "bun";

const MANAGERS: Readonly<Record<string, Manager>> = {
  npm: "npm",
  yarn: "yarn",
  yarnpkg: "yarn",
  pnpm: "pnpm",
  bun: "bun",
};
const VERBS = new Set(["install", "i", "ci", "add", "clean-install", "install-clean", "isntall", "in", "ins"]);
/** Flags of the four with which packages for development stay away. */
const WITHOUT_DEV = /^(?:--omit[= ]dev|--production(?:=true)?|--prod|-P|--only[= ]prod(?:uction)?|--no-dev)$/;
const WITH_DEV = /^(?:--include[= ]dev|--production[= ]false|--prod[= ]false|--dev|-D)$/;
/** Flags whose value is the next word. */
const WITH_VALUE =
  /^(?:--(?:prefix|cwd|dir|omit|include|only|production|registry|cache|filter|workspace|loglevel|network-timeout|fetch-retries|cache-folder|location)|-C|-w|-F)$/;

/** What a command installs; undefined where it does something else. */
export const installOf = remembered(readInstall);

function readInstall(run: RunCommand): Install | undefined {
  const manager = MANAGERS[run.program ?? ""];
  if (!manager) return undefined;
  const { flags, operands } = split(run.values.map((value) => value ?? ""));
  const global = flags.some((flag) => /^(?:-g|--global|--location[= ]global)$/.test(flag));
  const [verb, ...named] = operands[0] === "global" ? operands.slice(1) : operands;
  if (
    verb === undefined
      ? manager !== "yarn" || flags.some((flag) => /^(?:-v|--version|--help)$/.test(flag))
      : !VERBS.has(verb)
  )
    return undefined;
  const inProduction = run.lookup("NODE_ENV") === "production";
  return {
    run,
    manager,
    folder: folderOf(run, flags),
    named,
    withDev:
      flags.some((flag) => WITH_DEV.test(flag)) || !(inProduction || flags.some((flag) => WITHOUT_DEV.test(flag))),
    isGlobal: global || operands[0] === "global",
    flags,
  };
}

function split(words: readonly string[]): { readonly flags: readonly string[]; readonly operands: readonly string[] } {
  const flags: string[] = [];
  const operands: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as string;
    const next = words[at + 1];
    if (!word.startsWith("-")) operands.push(word);
    else if (WITH_VALUE.test(word) && next !== undefined && isValue(word, next)) {
      flags.push(`${word} ${next}`);
      at++;
    } else flags.push(word);
  }
  return { flags, operands };
}

/** `--production` may stand alone. */
function isValue(flag: string, next: string): boolean {
  return flag === "--production" ? /^(?:true|false)$/.test(next) : !next.startsWith("-");
}

function folderOf({ folder }: RunCommand, flags: readonly string[]): string | undefined {
  const [, named] =
    flags.map((flag) => /^(?:--(?:prefix|cwd|dir)|-C)[= ](.+)$/.exec(flag)).find((match) => match) ?? [];
  if (named === undefined || folder === undefined) return folder;
  return posix.join(folder, named);
}
