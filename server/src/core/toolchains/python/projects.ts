import { posix } from "../../model/paths";
import { admits, closureOf, type PythonLock } from "../../project/pyproject";
import type { RunCommand } from "../toolchain";
import type { Install } from "./installs";
import { environmentOf, environmentPlace, optionOf, type Place, systemPlace } from "./places";
import type { PackageView } from "./view";

/** uv, poetry and pipenv install what the files of a project say. */
const LOCKS = { uv: "uv.lock", poetry: "poetry.lock", pipenv: "Pipfile.lock" } as const;
export type ProjectTool = keyof typeof LOCKS;

/** `uv sync`, `poetry install`, `pipenv install` or `pipenv sync`; undefined for another command. */
export function projectInstall(
  run: RunCommand,
  tool: string,
  words: readonly string[],
  version: string,
  view: PackageView,
): Install | undefined {
  const [verb = "", ...rest] = words;
  if (!VERBS[tool]?.includes(verb) || !isProjectTool(tool)) return undefined;
  const folder = posix.join(
    run.folder ?? "/",
    optionOf(rest, "-C", "--directory") ?? optionOf(rest, "", "--project") ?? "",
  );
  const context = contextOf(posix.join(folder, MANIFESTS[tool]), run, view);
  const { packages, ...locked } = packagesOf(tool, rest, context, view);
  const place = placeOf(tool, run, rest, folder, version, view) ?? "Where the packages come to stand is not known.";
  const wrong = tool === "uv" ? otherPython(run, rest, context, version, view) : undefined;
  return { run, tool, place: wrong ?? place, packages, files: [], ...locked };
}

/** The files that a project is known by. */
const MANIFESTS: Readonly<Record<ProjectTool, string>> = {
  uv: "pyproject.toml",
  poetry: "pyproject.toml",
  pipenv: "Pipfile.lock",
};

/** The folder of the context that a file of the project comes from, copied or mounted. */
function contextOf(file: string, run: RunCommand, view: PackageView): string | undefined {
  const origin = view.origin(file, run);
  const path = origin.kind === "context" ? origin.path : undefined;
  if (path === undefined) return undefined;
  const folder = posix.dirname(path);
  return folder === "." ? "" : folder;
}

const VERBS: Readonly<Record<string, readonly string[]>> = {
  uv: ["sync"],
  poetry: ["install", "sync"],
  pipenv: ["install", "sync"],
};

function isProjectTool(tool: string): tool is ProjectTool {
  return Object.hasOwn(LOCKS, tool);
}

function placeOf(
  tool: ProjectTool,
  run: RunCommand,
  words: readonly string[],
  folder: string,
  version: string,
  view: PackageView,
): Place | string {
  const set = (name: string) => run.lookup(name) ?? view.env(name);
  const beside = environmentPlace(posix.join(folder, ".venv"), version);
  if (tool === "uv") {
    const named = set("UV_PROJECT_ENVIRONMENT");
    const root = named && posix.join(folder, named);
    return root ? (root === "/usr/local" ? systemPlace(version) : environmentPlace(root, version)) : beside;
  }
  const active = run.lookup("VIRTUAL_ENV") || environmentOf(run, view);
  if (tool === "pipenv") {
    if (words.includes("--system")) return systemPlace(version);
    return isOn(set("PIPENV_VENV_IN_PROJECT"))
      ? beside
      : `pipenv ${HIDES}; --system, or PIPENV_VENV_IN_PROJECT=1, says where they stand.`;
  }
  const isSet = (name: string, variable: string, value: RegExp) =>
    value.test(set(variable) ?? "") || view.commands.some((each) => configures(each, name, value));
  if (active) return environmentPlace(active, version);
  if (isSet("virtualenvs.create", "POETRY_VIRTUALENVS_CREATE", OFF)) return systemPlace(version);
  if (isSet("virtualenvs.in-project", "POETRY_VIRTUALENVS_IN_PROJECT", ON)) return beside;
  return `poetry ${HIDES}; POETRY_VIRTUALENVS_IN_PROJECT=1 puts them into the project, where they can be moved.`;
}

const HIDES = "keeps the packages in a folder of its own, whose name is not known";
const ON = /^(?:1|true)$/i;
const OFF = /^(?:0|false)$/i;

function isOn(value: string | undefined): boolean {
  return ON.test(value ?? "");
}

/** `poetry config virtualenvs.create false`. */
function configures({ program, values }: RunCommand, name: string, value: RegExp): boolean {
  const words = values.filter((each) => !each?.startsWith("-"));
  return program === "poetry" && words[0] === "config" && words[1] === name && value.test(words[2] ?? "");
}

/** Why uv takes another interpreter than the image's: it fetches one that the project asks for. A sentence, or undefined. */
function otherPython(
  run: RunCommand,
  words: readonly string[],
  context: string | undefined,
  version: string,
  view: PackageView,
): string | undefined {
  const set = (name: string) => run.lookup(name) ?? view.env(name) ?? "";
  const asked = optionOf(words, "-p", "--python") ?? set("UV_PYTHON");
  if (asked !== "") return fits(asked, version) ? undefined : fetches(asked, version);
  const isOwn =
    /^(?:0|false|never|manual)$/.test(set("UV_PYTHON_DOWNLOADS")) ||
    isOn(set("UV_NO_MANAGED_PYTHON")) ||
    set("UV_PYTHON_PREFERENCE") === "only-system" ||
    words.some((word) => word === "--no-managed-python" || word === "--no-python-downloads");
  if (isOwn) return undefined;
  const { pythonVersions, pyprojects, files } = view.project;
  if (!files || context === undefined)
    return "Which Python uv takes is not known without the folder: it fetches another one where the project asks for it. UV_PYTHON_DOWNLOADS=0 keeps it to the image's.";
  const pinned = pythonVersions?.get(context) ?? pythonVersions?.get("");
  if (pinned !== undefined) return fits(pinned, version) ? undefined : fetches(`${pinned} (.python-version)`, version);
  const wanted = pyprojects?.get(context)?.python;
  return wanted === undefined || admits(wanted, version) ? undefined : fetches(`${wanted} (pyproject.toml)`, version);
}

function fits(asked: string, version: string): boolean {
  return (
    asked === version ||
    asked === "3" ||
    asked.startsWith(`${version}.`) ||
    /(?:^|\/)python3?$/.test(asked) ||
    asked.endsWith(`python${version}`)
  );
}

function fetches(asked: string, version: string): string {
  return `The project asks for Python ${asked}, and the image has ${version}: uv may fetch one of its own, which no final image has.`;
}

/** What is installed, as the lock file says, or the project itself. */
function packagesOf(
  tool: ProjectTool,
  words: readonly string[],
  context: string | undefined,
  { project }: PackageView,
): Pick<Install, "packages" | "all" | "wheels" | "development"> {
  const unseen = { packages: undefined, all: false, wheels: false, development: false };
  if (context === undefined) return unseen;
  const pyproject = project.pyprojects?.get(context);
  const lock = project.pythonLocks?.get(posix.join(context || ".", LOCKS[tool]));
  if (tool === "pipenv") return lock ? { ...ofNames([...lock.packages.keys()], lock), development: false } : unseen;
  if (!pyproject) return unseen;
  const isShort =
    words.some((word) => /^--(?:no-dev|no-default-groups|only[= ]?main|without[= ]?dev)$/.test(word)) ||
    (optionOf(words, "", "--only") ?? optionOf(words, "", "--without")) !== undefined;
  const roots = [...pyproject.packages, ...(isShort ? [] : pyproject.development)];
  const development = !isShort && pyproject.development.length > 0;
  return lock
    ? { ...ofNames(closureOf(roots.map(({ name }) => name).filter(Boolean), lock), lock), development }
    : { packages: roots, all: false, wheels: false, development };
}

function ofNames(closure: Iterable<string>, { packages }: PythonLock): Pick<Install, "packages" | "all" | "wheels"> {
  const list = [...closure];
  return {
    packages: list.map((name) => ({ name, extras: [], elsewhere: false })),
    all: true,
    wheels: list.every((name) => packages.get(name)?.hasWheel ?? true),
  };
}
