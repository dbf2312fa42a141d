import type { ShellWord } from "../../shell/script";
import type { RunCommand } from "../../toolchains/toolchain";
import { CommandMemo } from "./command-memo";

/** A command that installs or removes packages of the system. */
export interface PackageCommand {
  readonly run: RunCommand;
  readonly manager: "apt" | "apk" | "rpm";
  /** The word that says what is done, where it stands: `install`, `add`, `purge`. */
  readonly verb: () => ShellWord;
  /** Names without versions, and of `apk add --virtual NAME` that name too. */
  readonly packages: readonly string[];
  /** All of them are written out: no variable, no substitution. */
  readonly complete: boolean;
  /** The options, before and behind the verb, with the values that are words of their own: `-o A=b`. */
  readonly options: readonly string[];
}

const MANAGERS: ReadonlyMap<string | undefined, PackageCommand["manager"]> = new Map([
  ["apt", "apt"],
  ["apt-get", "apt"],
  ["aptitude", "apt"],
  ["apk", "apk"],
  ["dnf", "rpm"],
  ["yum", "rpm"],
  ["microdnf", "rpm"],
]);
/** A package in a file or at an address: its name is not written out. */
const IS_FILE = /^\.{0,2}\/|^\w+:\/\/|\.(?:deb|rpm|apk)$/;
const INSTALL = new Set(["install", "add"]);
const REMOVE = new Set(["remove", "purge", "autoremove", "autopurge", "del", "erase"]);
/** Options whose value is the next word. */
const WITH_VALUE: Readonly<Record<PackageCommand["manager"], RegExp>> = {
  apt: /^(?:-[oct]|--option|--config-file|--target-release|--default-release)$/,
  apk: /^(?:-[tXp]|--virtual|--repository|--root|--arch|--wait|--repositories-file|--keys-dir|--cache-dir)$/,
  rpm: /^(?:-[cx]|--setopt|--installroot|--releasever|--enablerepo|--disablerepo|--exclude)$/,
};

/** White space is part of no name, and a minus behind one removes the package (apt-get(8), install). */
const NO_NAME = /\s|-$/;

/** The command read as one that installs packages; undefined where it does not. */
export function installOf(run: RunCommand): PackageCommand | undefined {
  const found = packagesOf(run);
  return found?.installs ? commandOf(run, found) : undefined;
}

/** The command read as one that removes packages; undefined where it does not. */
export function removalOf(run: RunCommand): PackageCommand | undefined {
  const found = packagesOf(run);
  return found && !found.installs ? commandOf(run, found) : undefined;
}

/** The name under which `apk add --virtual NAME` installs its packages, by which `apk del NAME` removes them all. */
export function virtualName({ options }: PackageCommand): string | undefined {
  return options.map((option) => /^(?:-t|--virtual)[ =](.+)/.exec(option)?.[1]).find((name) => name !== undefined);
}

/** The command removes packages. */
export function removes(run: RunCommand): boolean {
  return packagesOf(run)?.installs === false;
}

/** Packages that a command installs, without versions. */
export function installedPackages(run: RunCommand): readonly string[] {
  return installOf(run)?.packages ?? [];
}

/** What its words tell, wherever it stands. */
interface Packages extends Pick<PackageCommand, "manager" | "packages" | "complete" | "options"> {
  readonly installs: boolean;
  /** The place of the verb among the words. */
  readonly verbAt: number;
}

const readings = new CommandMemo(read);

function packagesOf(run: RunCommand): Packages | undefined {
  return MANAGERS.has(run.program) ? readings.of(run) : undefined;
}

function commandOf(run: RunCommand, { manager, packages, complete, options, verbAt }: Packages): PackageCommand {
  const verb = () => (run.args[verbAt] as RunCommand["args"][number]).word;
  return { run, manager, verb, packages, complete, options };
}

function read(run: RunCommand): Packages | undefined {
  const manager = MANAGERS.get(run.program) ?? "apt";
  let verbAt = -1;
  let installs = false;
  let complete = true;
  const packages: string[] = [];
  const options: string[] = [];
  for (let at = 0; at < run.values.length; at++) {
    const value = run.values[at];
    if (value === undefined) complete = false;
    else if (value.startsWith("-")) {
      const given = WITH_VALUE[manager].test(value) ? run.values[++at] : undefined;
      options.push(given === undefined ? value : `${value} ${given}`);
      if (manager === "apk" && given !== undefined && /^(?:-t|--virtual)$/.test(value)) packages.push(given);
      else if (value.startsWith("--virtual=")) packages.push(value.slice("--virtual=".length));
    } else if (verbAt >= 0 && IS_FILE.test(value)) complete = false;
    else if (verbAt >= 0) {
      const name = value.split(/[=/~<>]/, 1)[0] || value;
      packages.push(name);
      complete &&= !NO_NAME.test(name);
    } else if (INSTALL.has(value) || REMOVE.has(value)) {
      verbAt = at;
      installs = INSTALL.has(value);
    } else return undefined;
  }
  return verbAt < 0 ? undefined : { manager, packages, complete, options, installs, verbAt };
}
