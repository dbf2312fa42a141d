import type { PackageJson } from "../../project/package-json";
import { plainWords } from "../../shell/plain-words";
import { readScript } from "../../shell/script";

/** One program with the variables that are set for it. */
export interface Program {
  readonly words: readonly string[];
  /** `NAME=value`. */
  readonly env: readonly string[];
}

/** Scripts that start scripts: beyond these nothing is followed. */
const MAX_DEPTH = 5;
/** Words that tell a package manager how much to say. */
const QUIET = /^(?:-s|-q|-d|--silent|--quiet|--loglevel=\w+|--no-update-notifier)$/;
const MANAGERS = new Set(["npm", "yarn", "yarnpkg", "pnpm"]);

/** Whether words start a script of a package.json by a package manager. */
export function isManager(program: string): boolean {
  return MANAGERS.has(program);
}

/** A call of a script of a package.json. */
export interface ScriptCall {
  readonly name: string;
  /** Words that the call adds to the script's own. */
  readonly added: readonly string[];
  /** The folder of the package.json, as it is written; undefined for the working folder. */
  readonly folder: string | undefined;
  /** The package of the same repository that has the script: its name, or its folder. */
  readonly workspace: string | undefined;
}

/** The script that the words of a package manager start; undefined where they do something else. */
export function scriptOf(manager: string, args: readonly string[]): ScriptCall | undefined {
  const { words, folder, workspace } = placed(args);
  const [own, second, ...others] = words;
  // yarn has a word for it: `yarn workspace api start`.
  if (manager.startsWith("yarn") && own === "workspace" && second !== undefined && workspace === undefined) {
    const inner = scriptOf(manager, others);
    return inner && { ...inner, workspace: second };
  }
  const runs = own === "run" || own === "run-script";
  const name = runs ? second : own;
  const rest = runs ? others : words.slice(1);
  if (name === undefined || name.startsWith("-")) return undefined;
  // npm has words of its own; yarn and pnpm take any that is none for a script.
  if (!runs && manager === "npm" && !/^(?:start|test|stop|restart)$/.test(name)) return undefined;
  const call = { name, folder, workspace };
  if (manager !== "npm") return { ...call, added: rest[0] === "--" ? rest.slice(1) : rest };
  return rest.length > 0 && rest[0] !== "--" ? undefined : { ...call, added: rest.slice(1) };
}

const FOLDER = /^(?:--prefix|--cwd|--dir|-C)$/;
const WORKSPACE = /^(?:--workspace|-w|--filter|-F)$/;

/** Words without those that say where, and how much to say; behind `--` all are the script's. */
function placed(
  args: readonly string[],
): Pick<ScriptCall, "folder" | "workspace"> & { readonly words: readonly string[] } {
  const end = args.indexOf("--");
  const words: string[] = [];
  let folder: string | undefined;
  let workspace: string | undefined;
  for (let at = 0; at < (end < 0 ? args.length : end); at++) {
    const word = args[at] as string;
    const equals = word.indexOf("=");
    const [flag, value] =
      word.startsWith("-") && equals > 0 ? [word.slice(0, equals), word.slice(equals + 1)] : [word, undefined];
    if (FOLDER.test(flag)) folder = value ?? args[++at];
    else if (WORKSPACE.test(flag)) workspace = value ?? args[++at];
    else if (!QUIET.test(word)) words.push(word);
  }
  return { words: end < 0 ? words : [...words, ...args.slice(end)], folder, workspace };
}

/** The program that a script of a package.json starts, by itself or by other scripts; a sentence where that is not one program. */
export function programOf(json: PackageJson, name: string, added: readonly string[], depth = 0): Program | string {
  const text = json.scripts.get(name);
  if (text === undefined) return name === "start" ? NO_START : `package.json has no script ${name}.`;
  for (const other of [`pre${name}`, `post${name}`])
    if (json.scripts.has(other))
      return `The script ${name} of package.json runs with ${other}, which takes a shell and a package manager.`;
  const program = read(name, text);
  if (typeof program === "string") return program;
  const [first = "", ...args] = program.words;
  if (!isManager(first)) return { ...program, words: [...program.words, ...added] };
  const next = scriptOf(first, args);
  if (!next || depth >= MAX_DEPTH)
    return `The script ${name} of package.json runs ${first}, which a smaller image has not.`;
  const inner = programOf(json, next.name, [...next.added, ...added], depth + 1);
  return typeof inner === "string" ? inner : { ...inner, env: [...program.env, ...inner.env] };
}

const NO_START = "package.json has no script start.";

/** One command of plain words, with assignments before it or by cross-env. */
function read(name: string, text: string): Program | string {
  const script = readScript(text, (start, end) => ({ start, end }));
  const [command] = script.commands;
  const plain = command?.assignments.map(({ name, value }) => `${name}=${value?.text ?? ""}`) ?? [];
  const behind = command && command.assignments.length > 0 ? text.slice(command.name.span.start) : text;
  const words = plainWords(behind.trim(), () => undefined);
  if ("needs" in words) return `The script ${name} of package.json ${words.needs}, which needs a shell.`;
  if (plain.some((each) => !isPlain(each)))
    return `The script ${name} of package.json sets a variable in a way that ENV might read otherwise.`;
  const { env, rest } = behindCrossEnv(words.words);
  return { words: rest, env: [...plain, ...env] };
}

/** `cross-env A=b node x`, `env A=b node x`. */
function behindCrossEnv(words: readonly string[]): { env: readonly string[]; rest: readonly string[] } {
  if (words[0] !== "cross-env" && words[0] !== "env") return { env: [], rest: words };
  const end = words.findIndex((word, at) => at > 0 && !isPlain(word));
  return end < 0 ? { env: [], rest: words } : { env: words.slice(1, end), rest: words.slice(end) };
}

/** An assignment that means the same in ENV. */
function isPlain(assignment: string): boolean {
  return /^\w+=[\w.,:/@+-]*$/.test(assignment);
}
