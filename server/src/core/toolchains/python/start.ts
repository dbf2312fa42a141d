import { posix } from "../../model/paths";
import type { AppView } from "../app";

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
}

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

const PYTHON = /^python(?:3(?:\.\d+)?)?$/;

/** The word names an interpreter, by itself or by its path. */
export function isPython(word: string): boolean {
  return PYTHON.test(posix.basename(word));
}

/** A script that a package of Python brings. */
export function isPythonScript(word: string): boolean {
  return Object.hasOwn(MODULES, posix.basename(word));
}

/** Reads the words of a start; undefined where no interpreter and no script of a package is in sight. */
export function readPythonStart(argv: readonly string[], fixed: number, view: AppView): PythonStart | undefined {
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
      words: ["-m", MODULES[script] ?? script, ...rest],
      fixed: fixed > 0 ? fixed + 1 : 0,
      script,
      file: undefined,
    };
  }
  if (RUNNERS.has(first) && rest[0] === "run") return throughRunner(first, rest.slice(1), fixed, view);
  if (first.endsWith(".py") && first.includes("/")) {
    return { environment: undefined, words: argv, fixed, script: undefined, file: first };
  }
  return undefined;
}

/** Tools that start a program in the environment of a project. */
const RUNNERS = new Set(["uv", "poetry", "pipenv"]);

/** Options of theirs that change nothing of what is started once all is installed. */
const IDLE =
  /^--(?:no-sync|frozen|locked|no-dev|no-group=\S+|offline|no-cache|quiet|isolated=false|no-progress|active)$|^-q$/;

function throughRunner(tool: string, words: readonly string[], fixed: number, view: AppView): PythonStart | undefined {
  const at = words.findIndex((word) => !IDLE.test(word));
  const left = Math.max(0, fixed - at - 2);
  const start = at < 0 ? undefined : readPythonStart(words.slice(at), left, view);
  const first = words[at] ?? "";
  const script = tool === "uv" && first.endsWith(".py") ? { words: words.slice(at), file: first } : undefined;
  const inner = start ?? (script && { environment: undefined, fixed: left, script: undefined, ...script });
  return inner && { ...inner, environment: inner.environment ?? `${tool}:` };
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
