import { posix } from "../model/paths";
import type { RunCommand } from "../toolchains/toolchain";
import { within } from "./copies";

/** What a command does to a path: makes it, surely not, or nobody knows. */
export type Effect = "there" | "absent" | "unknown";

/** They print, ask or set, and leave no file behind. */
const MAKES_NOTHING = new Set(
  (
    "cd set export echo printf true false : ls pwd cat test [ [[ date uname which whoami id file stat du df env sleep exit " +
    "chmod chown chgrp umask sha256sum sha1sum md5sum grep head tail wc strip upx unset shopt trap wait"
  ).split(" "),
);
/** They write into the system's own folders. */
const PACKAGE_MANAGERS = new Set(
  "apt apt-get apk dnf yum microdnf dpkg rpm update-ca-certificates ldconfig locale-gen update-alternatives".split(" "),
);
/** They write a home folder and the files of users. */
const USERS = new Set("useradd adduser usermod groupadd addgroup passwd".split(" "));
/** Their last word, or each of their words, names what they make. */
const WRITES_ITS_ARGUMENTS = new Set("cp mv ln install touch tee mkdir rmdir rm".split(" "));

const SYSTEM = /^\/(?:bin|boot|dev|etc|lib\w*|opt|root|run|sbin|srv|tmp|usr|var)(?:\/|$)/;

/** What a command that is no build does to an absolute path. Commands that are not listed may do anything. */
export function effectOf(run: RunCommand, path: string): Effect {
  const redirected = redirect(run, path);
  if (redirected !== "absent") return redirected;
  const name = run.program;
  if (name === undefined) return "unknown";
  if (MAKES_NOTHING.has(name)) return "absent";
  if (PACKAGE_MANAGERS.has(name)) return SYSTEM.test(path) ? "unknown" : "absent";
  if (USERS.has(name)) return within("/home", path) === undefined && !SYSTEM.test(path) ? "absent" : "unknown";
  if (name === "go") return goEffect(run, path);
  if (name === "mkdir") return madeFolder(run, path);
  return WRITES_ITS_ARGUMENTS.has(name) ? named(run, path) : "unknown";
}

function redirect({ command, folder }: RunCommand, path: string): Effect {
  const { output } = command;
  if (!output) return "absent";
  if (/[$`"'\\*?]/.test(output.text) || (folder === undefined && !output.text.startsWith("/"))) return "unknown";
  return posix.join(folder ?? "/", output.text) === path ? "there" : "absent";
}

/** `go mod download` and its like fill the module cache alone; `go generate` runs anything. */
function goEffect({ args, folder }: RunCommand, path: string): Effect {
  const words = args.map(({ value }) => value);
  const cacheOnly =
    ["mod download", "mod verify"].includes(words.slice(0, 2).join(" ")) ||
    words[0] === "version" ||
    words[0] === "vet";
  const cache = within("/go", path) !== undefined || within("/root", path) !== undefined;
  if (cacheOnly) return cache ? "unknown" : "absent";
  if (words[0] === "mod" || words[0] === "test" || words[0] === "get")
    return cache || folder === undefined || within(folder, path) !== undefined ? "unknown" : "absent";
  return "unknown";
}

function madeFolder(run: RunCommand, path: string): Effect {
  const folders = run.args.flatMap(({ value }) => (value?.startsWith("-") ? [] : [value]));
  if (folders.some((value) => value === undefined) || run.folder === undefined) return "unknown";
  return folders.some((value) => within(path, posix.join(run.folder ?? "/", value ?? "")) !== undefined)
    ? "there"
    : "absent";
}

/** One of its words is the path, stands above it or below it: then it may have made it, or removed it. */
function named({ args, folder }: RunCommand, path: string): Effect {
  for (const { value } of args) {
    const fixed = value === undefined ? undefined : withoutGlob(value);
    if (value === undefined || fixed === undefined || folder === undefined) return "unknown";
    const place = posix.join(folder, fixed);
    if (!value.startsWith("-") && (within(place, path) !== undefined || within(path, place) !== undefined))
      return "unknown";
  }
  return "absent";
}

/** The folder that all paths of a pattern are in: /var/lib/apt/lists of /var/lib/apt/lists/*. Undefined where it cannot be told. */
function withoutGlob(word: string): string | undefined {
  const at = word.search(/[*?[{]/);
  if (at < 0) return word;
  const rest = word.slice(at);
  return rest.includes("{") || rest.includes("..") ? undefined : word.slice(0, word.lastIndexOf("/", at) + 1);
}
