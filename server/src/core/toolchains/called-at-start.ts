import { posix } from "../model/paths";
import { readScript, type ShellCommand } from "../shell/script";
import type { AppView } from "./app";

/**
 * The programs that the shell calls which starts the image, in CMD's own words or in a script of the folder; undefined where
 * they cannot be told, none where no shell does.
 */
export function calledAtStart(view: AppView): readonly string[] | undefined {
  const { argv, script } = view.start;
  if (script !== undefined) return programsOf(script, []);
  const at = scriptAt(argv);
  if (!argv || at < 0) return [];
  const path = view.contextFile(posix.join(view.workdir ?? "/", argv[at] ?? ""));
  const text = path === undefined ? undefined : view.project.startScripts?.get(path);
  return text === undefined ? undefined : programsOf(text, argv.slice(at + 1));
}

/** Where a script of the shell stands among the words of a start: the first, or the one behind a shell; -1 where none does. */
export function scriptAt(argv: readonly string[] = []): number {
  const at = argv.findIndex((word) => isScript(word));
  return at > 1 ? -1 : at;
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
