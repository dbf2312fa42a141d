import { posix } from "../model/paths";
import { programsCalled } from "../project/start-script";
import { isShell } from "../shell/shell-words";
import type { PathValue } from "./path-value";

/**
 * Packages of Debian for programs that the large images of languages have and the slim ones have not: buildpack-deps brings them
 * (docker-library/buildpack-deps, scm and curl). What is for building is none of them.
 */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  bzip2: ["bzip2"],
  convert: ["imagemagick"],
  curl: ["curl"],
  // With the program by which it speaks to hosts over ssh.
  git: ["git", "openssh-client"],
  identify: ["imagemagick"],
  mogrify: ["imagemagick"],
  pgrep: ["procps"],
  pkill: ["procps"],
  ps: ["procps"],
  python3: ["python3"],
  scp: ["openssh-client"],
  ssh: ["openssh-client"],
  top: ["procps"],
  unzip: ["unzip"],
  wget: ["wget"],
  xz: ["xz-utils"],
};

/** The packages that bring a program; undefined where that is not known. */
export function packagesOfProgram(name: string): readonly string[] | undefined {
  return Object.hasOwn(PACKAGES, name) ? PACKAGES[name] : undefined;
}

/** All of them in order, with the certificates that the large images have: what is installed speaks to others by them. */
export function withCertificates(packages: Iterable<string>): readonly string[] {
  const all = new Set(packages);
  return all.size === 0 ? [] : [...all.add("ca-certificates")].sort();
}

/** Before the script that a shell is started with, where a use names a command of a shell. */
export const SCRIPT = "sh -c ";

/** They run what their words name. */
const RUNS_OTHERS = new Set(
  (
    "env xargs find sudo su doas nice ionice nohup timeout time setsid chroot unshare nsenter watch parallel exec eval source . " +
    "command builtin busybox make python python3 perl awk script ssh docker"
  ).split(" "),
);

/** What a shell does by itself. */
const BUILT_IN = new Set("cd : true false exit export set unset echo printf test [ read wait umask trap".split(" "));

/** The programs of the word, or of the script, that a call starts; undefined where they cannot be told. */
export function namesStarted(path: PathValue): readonly string[] | undefined {
  if (path.base !== "image" || path.open || path.text.trim() === "") return undefined;
  const script = path.text.startsWith(SCRIPT) ? path.text.slice(SCRIPT.length) : undefined;
  if (script === undefined) return runsOthers(path.text) ? undefined : [path.text];
  const called = programsCalled(script);
  const names = called && [...called].filter((name) => !BUILT_IN.has(name));
  return names && !names.some((name) => runsOthers(name) || /[^\w./+-]/.test(name)) ? ["sh", ...names] : undefined;
}

function runsOthers(name: string): boolean {
  return isShell(name) || RUNS_OTHERS.has(posix.basename(name));
}
