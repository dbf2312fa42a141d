import { posix } from "../../model/paths";
import type { RunCommand } from "../toolchain";
import type { PackageView } from "./view";

/** A folder of packages, and what belongs to it. */
export interface Place {
  readonly kind: "system" | "environment" | "user" | "target";
  /** All that belongs to it: /opt/venv, /root/.local, and of the interpreter itself /usr/local. */
  readonly root: string;
  /** Where its packages are. */
  readonly packages: string;
  /** Where its scripts are. */
  readonly scripts: string;
}

/** The packages of the interpreter of Docker's python images. */
export function systemPlace(version: string): Place {
  return { ...below("/usr/local", version), kind: "system" };
}

/** A virtual environment. */
export function environmentPlace(root: string, version: string): Place {
  return { ...below(root, version), kind: "environment" };
}

function below(root: string, version: string): Omit<Place, "kind"> {
  return { root, packages: `${root}/lib/python${version}/site-packages`, scripts: `${root}/bin` };
}

/** Where a `pip install` puts its packages; a sentence where that is not known. */
export function placeOfPip(
  run: RunCommand,
  words: readonly string[],
  version: string,
  view: PackageView,
): Place | string {
  const target = optionOf(words, "-t", "--target") ?? variable(run, view, "PIP_TARGET");
  const prefix = optionOf(words, "", "--prefix") ?? variable(run, view, "PIP_PREFIX");
  const given = target ?? prefix;
  if (optionOf(words, "", "--root") !== undefined) return "pip install --root puts the packages where no Python looks.";
  if (given !== undefined && (run.folder === undefined || given.includes("$") || given === ""))
    return "The folder that pip installs to is not known.";
  const root = posix.join(run.folder ?? "/", given ?? "");
  if (target !== undefined) return { kind: "target", root, packages: root, scripts: `${root}/bin` };
  if (prefix !== undefined) return { ...below(root, version), kind: root === "/usr/local" ? "system" : "target" };
  const environment = environmentOf(run, view);
  if (environment !== undefined) return environmentPlace(environment, version);
  const isRoot = run.user === "" || run.user === "root" || run.user === "0";
  if (!words.includes("--user") && isRoot) return systemPlace(version);
  const base = variable(run, view, "PYTHONUSERBASE");
  if (base?.startsWith("/")) return { ...below(posix.normalize(base), version), kind: "user" };
  const home = isRoot ? "/root" : homeOf(run, view);
  if (home !== undefined) return { ...below(`${home}/.local`, version), kind: "user" };
  return `pip installs for the user ${run.user ?? "of the base"} and into that user's own folder; above the USER line it would install for all, and the packages could be moved.`;
}

/** The home of the user of a command, whom a command above it makes with one. */
function homeOf(run: RunCommand, view: PackageView): string | undefined {
  const made = view.commands.find(
    ({ program, values }) =>
      (program === "useradd" || program === "adduser") &&
      values.findLast((value) => !value?.startsWith("-")) === run.user,
  );
  if (!made || made.values.includes(undefined) || !isBefore(view, made, run)) return undefined;
  const words = made.values as readonly string[];
  const named = optionOf(words, "-d", "--home-dir") ?? optionOf(words, "", "--home");
  const isMade = made.program === "adduser" || words.some((word) => /^(?:--create-home|-\w*m\w*)$/.test(word));
  const isSystems = words.some((word) => /^(?:--system|--no-create-home|-\w*[rMHS]\w*)$/.test(word));
  return isMade && !isSystems ? (named ?? `/home/${run.user}`) : undefined;
}

/** The virtual environment that a command works in: by the path of its program, the script that it is in, or PATH. */
export function environmentOf(run: RunCommand, view: PackageView): string | undefined {
  const word = run.programWord.text;
  if (word.includes("/")) {
    const bin = posix.dirname(posix.join(run.folder ?? "/", word));
    return posix.basename(bin) === "bin" && !/^\/(?:usr\/(?:local\/)?)?bin$/.test(bin) ? posix.dirname(bin) : undefined;
  }
  const active = view.commands.findLast(
    (each) => each.instruction === run.instruction && isActivation(each) && isBefore(view, each, run),
  );
  if (active) return posix.dirname(posix.dirname(posix.join(active.folder ?? "/", active.values[0] ?? "")));
  return namesPath(run) ? environmentOnPath(view) : undefined;
}

/** `. /opt/venv/bin/activate`. */
export function isActivation({ program, values }: RunCommand): boolean {
  return (program === "." || program === "source") && values[0]?.endsWith("/bin/activate") === true;
}

function isBefore(view: PackageView, one: RunCommand, other: RunCommand): boolean {
  return view.commands.indexOf(one) < view.commands.indexOf(other);
}

/** A folder in front of those of the image on PATH, where some command makes an environment in it. */
export function environmentOnPath(view: PackageView): string | undefined {
  const [first = ""] = view.path;
  return posix.basename(first) === "bin" &&
    !/^\/(?:usr\/)?(?:local\/)?s?bin$/.test(first) &&
    first !== "/root/.local/bin"
    ? posix.dirname(first)
    : undefined;
}

/** PATH was set above the command. */
function namesPath({ stage, at }: RunCommand): boolean {
  const above = stage.instructions.slice(0, at);
  const below = stage.base.kind === "stage" ? stage.base.stage.instructions : [];
  return [...below, ...above].some(({ keyword, body }) => keyword === "ENV" && /(?:^|\s)PATH[= ]/.test(body));
}

/** The value of an option: `-t DIR`, `--target=DIR`, `--target DIR`. */
export function optionOf(words: readonly string[], short: string, long: string): string | undefined {
  for (const [at, word] of words.entries()) {
    if (word === long || (short !== "" && word === short)) return words[at + 1] ?? "";
    if (word.startsWith(`${long}=`)) return word.slice(long.length + 1);
  }
  return undefined;
}

function variable(run: RunCommand, view: PackageView, name: string): string | undefined {
  return run.lookup(name) || view.env(name) || undefined;
}
