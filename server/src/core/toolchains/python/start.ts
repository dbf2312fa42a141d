import { posix } from "../../model/paths";
import type { AppView } from "../app";
import { withoutVariables } from "./variables";

/** How a program of Python is started. */
export interface PythonStart {
  /** The folder of the environment whose interpreter or script it names by its path, or through a tool. */
  readonly environment: string | undefined;
  /** What stands behind the interpreter; a sentence where a start without the script that pip made is not known. */
  readonly words: readonly string[] | string;
  /** How many of the words of the start ENTRYPOINT has, by those of `words`. */
  readonly fixed: number;
  /** The script that pip put beside the interpreter: gunicorn. */
  readonly script: string | undefined;
  /** The file that the interpreter runs, as it is written. */
  readonly file: string | undefined;
  /** The words behind a tool that starts them, `uv run`, and how many of those ENTRYPOINT has; undefined without one. */
  readonly behind?: { readonly words: readonly string[]; readonly fixed: number };
  /** ENV lines with which it does the same without a shell. */
  readonly env: readonly string[];
  /** What was taken to be so, as sentences. */
  readonly assumes: readonly string[];
}

type Resolved = Omit<PythonStart, "env" | "assumes">;

/**
 * Scripts that packages bring, by the module that does the same behind `-m`: each has a __main__.py that calls the same
 * function as its script (entry points and files of the wheels of 2026-11).
 */
const MODULES: Readonly<Record<string, string>> = {
  gunicorn: "gunicorn",
  uvicorn: "uvicorn",
  hypercorn: "hypercorn",
  daphne: "daphne",
  granian: "granian",
  flask: "flask",
  fastapi: "fastapi",
  sanic: "sanic",
  "django-admin": "django",
  celery: "celery",
  dramatiq: "dramatiq",
  streamlit: "streamlit",
  "waitress-serve": "waitress",
  alembic: "alembic",
  mkdocs: "mkdocs",
};

/** Scripts that packages of Python bring, and that a module of the same package can stand for. */
export const PYTHON_SCRIPTS: ReadonlySet<string> = new Set(Object.keys(MODULES));

/** The module that stands for a script: `django` for django-admin. */
export function moduleOf(script: string): string {
  return MODULES[script] ?? script;
}

const PYTHON = /^python(?:3(?:\.\d+)?)?$/;

/** The word names an interpreter, by itself or by its path. */
export function isPython(word: string): boolean {
  return PYTHON.test(posix.basename(word));
}

/** A script that a package of Python brings. */
export function isPythonScript(word: string): boolean {
  return Object.hasOwn(MODULES, posix.basename(word));
}

/** How the stage starts its program; undefined where no interpreter and no script of a package is in sight. */
export function readStart(view: AppView): PythonStart | undefined {
  const { argv, fixed, script } = view.start;
  if (argv) {
    const start = readWords(argv, fixed, view);
    return start && { ...start, env: [], assumes: [] };
  }
  const plain = script === undefined ? undefined : withoutVariables(script, view);
  const start = plain && readWords(plain.words, 0, view);
  return start && { ...start, env: plain.env, assumes: plain.assumes };
}

/** Reads the words of a start; undefined where no interpreter and no script of a package is in sight. */
function readWords(argv: readonly string[], fixed: number, view: AppView): Resolved | undefined {
  const [first = "", ...rest] = argv;
  const environment = first.includes("/") ? environmentOf(posix.join(view.workdir ?? "/", first)) : undefined;
  if (isPython(first)) {
    const file = fileOf(rest);
    return { environment, words: rest, fixed: Math.max(0, fixed - 1), script: undefined, file };
  }
  if (isPythonScript(first)) {
    const script = posix.basename(first);
    return {
      environment,
      words: ["-m", moduleOf(script), ...rest],
      fixed: fixed > 0 ? fixed + 1 : 0,
      script,
      file: undefined,
    };
  }
  if (RUNNERS.has(first) && rest[0] === "run") return throughRunner(first, rest.slice(1), fixed, view);
  if (isOwnScript(first, view)) {
    const words = `Which module \`${first}\` runs is said by the project's own settings, and its script names the interpreter of the build stage; a slim image has that.`;
    return { environment: undefined, words, fixed: 0, script: first, file: undefined };
  }
  if (first.endsWith(".py") && first.includes("/")) {
    return { environment: undefined, words: argv, fixed, script: undefined, file: first };
  }
  return undefined;
}

/** A script that installing the project makes. */
function isOwnScript(word: string, { project }: AppView): boolean {
  return [...(project.pyprojects?.values() ?? [])].some(({ scripts }) => scripts.has(word));
}

/** Tools that start a program in the environment of a project. */
export const RUNNERS: ReadonlySet<string> = new Set(["uv", "poetry", "pipenv"]);

/** Options of theirs that change nothing of what is started once all is installed. */
const IDLE =
  /^--(?:no-sync|frozen|locked|no-dev|no-group=\S+|offline|no-cache|quiet|isolated=false|no-progress|active)$|^-q$/;

function throughRunner(tool: string, words: readonly string[], fixed: number, view: AppView): Resolved | undefined {
  const at = words.findIndex((word) => !IDLE.test(word));
  const rest = at < 0 ? [] : words.slice(at);
  const left = Math.max(0, fixed - at - 2);
  const [first = ""] = rest;
  const isFile = tool === "uv" && first.endsWith(".py");
  const inner = readWords(isFile ? ["python", ...rest] : rest, isFile ? left && left + 1 : left, view);
  return inner && { ...inner, environment: inner.environment ?? `${tool}:`, behind: { words: rest, fixed: left } };
}

/** The file that an interpreter runs: the first word that is no option and no option's value. */
function fileOf(words: readonly string[]): string | undefined {
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    if (word === "-m" || word === "-c") return undefined;
    if (word === "-X" || word === "-W") at++;
    else if (!word.startsWith("-")) return word;
  }
  return undefined;
}

/** The folder above `bin`; the interpreter of the image itself is in no environment. */
function environmentOf(path: string): string | undefined {
  const folder = posix.dirname(path);
  if (posix.basename(folder) !== "bin" || folder === "/usr/local/bin" || folder === "/usr/bin" || folder === "/bin")
    return undefined;
  return posix.dirname(folder);
}
