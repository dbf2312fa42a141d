import { findImage } from "../../catalog/catalog";
import { contentsOf } from "../../catalog/contents";
import { parseReference } from "../../catalog/reference";
import { posix } from "../../model/paths";
import { readScript, type ShellCommand } from "../../shell/script";
import type { AppView } from "../app";
import type { PythonImage } from "./image";

const FOLDERS = ["/usr/local/bin", "/usr/bin", "/bin", "/usr/sbin", "/sbin"];

/** Whether the whole image may have a program that the slim one has not (catalog/contents.json). */
export function slimLacks({ name, tag, slimTag = "" }: PythonImage, program: string): boolean {
  const [full, slim] = [places(`${name}:${tag}`, program), places(`${name}:${slimTag}`, program)];
  const isNowhere = full.length > 0 && full.every((each) => each === "absent");
  return !isNowhere && !slim.includes("there");
}

function places(reference: string, program: string): readonly string[] {
  const parsed = parseReference(reference);
  const image = parsed && findImage(parsed);
  const contents = image && contentsOf(image);
  return contents ? FOLDERS.map((folder) => contents.path(posix.join(folder, program))) : [];
}

/**
 * The programs that the shell calls which starts the image, in CMD's own words or in a script of the folder; undefined where
 * they cannot be told, none where no shell does.
 */
export function calledAtStart(view: AppView): readonly string[] | undefined {
  const { argv, script } = view.start;
  if (script !== undefined) return programsOf(script, []);
  const at = argv?.findIndex((word) => isScript(word)) ?? -1;
  if (!argv || at < 0 || at > 1) return [];
  const path = view.contextFile(posix.join(view.workdir ?? "/", argv[at] ?? ""));
  const text = path === undefined ? undefined : view.project.startScripts?.get(path);
  return text === undefined ? undefined : programsOf(text, argv.slice(at + 1));
}

function isScript(word: string): boolean {
  return /\.(?:sh|bash)$|(?:^|\/)[^/.]*entrypoint[^/.]*$/.test(word);
}

/** The shell's own commands (POSIX, Special Built-In Utilities and Intrinsic Utilities; bash). */
const BUILTINS = new Set(
  (
    "alias bg bind break builtin cd command continue declare dirs echo enable exit export false fg getopts hash help history jobs kill let " +
    "local logout mapfile popd printf pushd pwd read readonly return set shift shopt test times trap true type typeset ulimit umask " +
    "unalias unset wait : [ [["
  ).split(" "),
);

function programsOf(script: string, args: readonly string[]): readonly string[] | undefined {
  const { commands, unread } = readScript(script, (start, end) => ({ start, end }));
  const names = commands.flatMap((command) => programOf(command, args));
  return unread || names.includes(undefined) ? undefined : names.filter((name) => name !== undefined);
}

/** None for what is the shell's own; undefined where a variable hides it. */
function programOf({ name, args }: ShellCommand, given: readonly string[]): readonly (string | undefined)[] {
  const word = name.text === "exec" ? args[0]?.text : name.text;
  if (word === undefined || BUILTINS.has(word)) return [];
  if (word === '"$@"' || word === "$@") return given[0] === undefined ? [] : [posix.basename(given[0])];
  if (/["'\\$`]/.test(word) || ["eval", ".", "source", "sudo", "env", "xargs"].includes(word)) return [undefined];
  return [posix.basename(word)];
}
