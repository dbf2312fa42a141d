import { posix } from "../../model/paths";
import { type Requirement, readRequirement } from "../../project/requirements";
import type { Instruction } from "../../syntax/instruction";
import type { AppView } from "../app";
import type { RunCommand } from "../toolchain";
import { dataFetched, type FetchedData } from "./data";
import { environmentOf, environmentPlace, isActivation, optionOf, type Place, placeOfPip } from "./places";
import { projectInstall } from "./projects";
import { isPython } from "./start";
import type { PackageView } from "./view";

/** A command that puts packages somewhere. */
export interface Install {
  readonly run: RunCommand;
  /** pip, uv, poetry or pipenv. */
  readonly tool: string;
  /** Where they come to stand; a sentence where that is not known. */
  readonly place: Place | string;
  /** Those that it names itself or by a file; undefined where a file was not seen. */
  readonly packages: readonly Requirement[] | undefined;
  /** These are all, with what they want themselves: a lock file says so. */
  readonly all: boolean;
  /** Each of them comes as a wheel, so that nothing is compiled. */
  readonly wheels: boolean;
  /** Among them are packages for development alone, which the same command can leave out. */
  readonly development: boolean;
  /** The requirements files that it reads, absolute: nobody reads them afterwards. */
  readonly files: readonly string[];
}

/** What the commands of a stage do about packages of Python. */
export interface Installs {
  readonly list: readonly Install[];
  /** Environments that commands make: with pip in them, or without. */
  readonly environments: ReadonlyMap<string, { readonly hasPip: boolean; readonly seesSystem: boolean }>;
  /** The commands that do nothing else. */
  readonly accounted: ReadonlySet<RunCommand | Instruction>;
  /** What commands fetch for packages into folders of their own. */
  readonly data: readonly FetchedData[];
  /** Why no other image would have this Python: a sentence. */
  readonly foreign: string | undefined;
}

/** Each asks where its files come from. */
const MAX_INSTALLS = 50;

/** Reads the commands of a stage. */
export function installsOf(view: PackageView, version: string): Installs {
  const list: Install[] = [];
  const environments = new Map<string, { hasPip: boolean; seesSystem: boolean }>();
  const accounted = new Set<RunCommand>();
  const data: FetchedData[] = [];
  let foreign: string | undefined;
  for (const run of view.commands) {
    if (list.length > MAX_INSTALLS)
      foreign = `The stage has more than ${MAX_INSTALLS} commands that install packages of Python; so many are not looked at.`;
    if (foreign) break;
    const fetched = dataFetched(run);
    if (fetched) {
      accounted.add(run);
      data.push(fetched);
    }
    const call = moduleCall(run);
    const made = call && environmentMadeBy(run, call);
    const install = call && !made ? installOf(run, call, version, view, environments) : undefined;
    if (made) environments.set(made.root, made);
    // What a tool of builds is made of is no part of the program.
    if (install && !isTool(install)) list.push(install);
    foreign = call && foreignPython(call);
    if (call && (made || install || (isIdle(call) && !collectsElsewhere(run, call, view)))) accounted.add(run);
    else if (isActivation(run)) accounted.add(run);
  }
  return { list, environments, accounted, data, foreign };
}

/** Packages that only builds use. */
const BUILD_TOOLS = new Set(
  "pip wheel poetry poetry-core uv pipenv pipx pdm virtualenv build hatch pip-tools".split(" "),
);

function isTool({ packages = [], tool }: Install): boolean {
  const others = packages.filter(({ name }) => name !== "setuptools");
  return tool === "pip" && others.length > 0 && others.every(({ name }) => BUILD_TOOLS.has(name));
}

/** A tool of Python by its name, or as a module: `python -m pip`. */
interface Call {
  readonly tool: string;
  readonly words: readonly string[];
}

function moduleCall({ program = "", values }: RunCommand): Call | undefined {
  const words = values.map((value) => value ?? "$");
  if (isPython(program)) {
    if (words[0] === "-m") return { tool: words[1] ?? "", words: words.slice(2) };
    const script = posix.basename(words[0] ?? "");
    return SCRIPTS.has(script) ? { tool: script, words: words.slice(1) } : undefined;
  }
  if (/^pip(?:3(?:\.\d+)?)?$/.test(program)) return { tool: "pip", words };
  return TOOLS.has(program) ? { tool: program, words } : undefined;
}

const SCRIPTS = new Set(["setup.py", "manage.py"]);
const TOOLS = new Set("virtualenv uv poetry pipenv pyenv conda mamba micromamba pdm".split(" "));

/** A tool that gets an interpreter which is not the image's. */
function foreignPython({ tool, words }: Call): string | undefined {
  const own =
    /^(?:pyenv|conda|mamba|micromamba)$/.test(tool) ||
    (tool === "uv" && words[0] === "python" && words[1] === "install");
  return own
    ? `${tool} brings a Python of its own, which no final image has; the image's Python could be moved.`
    : undefined;
}

/** `python -m venv DIR`, `virtualenv DIR`, `uv venv [DIR]`. */
function environmentMadeBy(
  run: RunCommand,
  { tool, words }: Call,
): { root: string; hasPip: boolean; seesSystem: boolean } | undefined {
  const isUv = tool === "uv" && words[0] === "venv";
  if (tool !== "venv" && tool !== "virtualenv" && !isUv) return undefined;
  const rest = isUv ? words.slice(1) : words;
  const folder = rest.find(
    (word, at) => !word.startsWith("-") && !/^(?:-p|--python|--prompt)$/.test(rest[at - 1] ?? ""),
  );
  const named = folder ?? (isUv ? ".venv" : undefined);
  if (named === undefined || run.folder === undefined || named.includes("$")) return undefined;
  return {
    root: posix.join(run.folder, named),
    hasPip: isUv ? rest.includes("--seed") : !rest.includes("--without-pip") && !rest.includes("--no-pip"),
    seesSystem: rest.includes("--system-site-packages"),
  };
}

/** What leaves the program as it is, or writes what its parts have. */
function isIdle({ tool, words }: Call): boolean {
  const [verb = ""] = words;
  switch (tool) {
    case "pip":
      return /^(?:uninstall|cache|list|freeze|check|config|show|--version|download)$/.test(verb);
    case "uv":
      return /^(?:cache|--version|version|lock|tool)$/.test(verb) || (verb === "pip" && words[1] !== "install");
    case "poetry":
      return /^(?:config|lock|check|cache|--version|self|env)$/.test(verb);
    case "pipenv":
      return /^(?:lock|--version|verify)$/.test(verb);
    case "ensurepip":
    case "compileall":
      return true;
    case "manage.py":
      return /^(?:collectstatic|compilemessages|check|migrate|makemigrations)$/.test(verb);
    default:
      return false;
  }
}

/** Django's collectstatic puts files outside of the project, as its settings say. */
function collectsElsewhere({ folder = "/" }: RunCommand, { words }: Call, { project }: PackageView): boolean {
  return (
    words[0] === "collectstatic" &&
    [...(project.pythonSources?.values() ?? [])].some(
      ({ collected }) => collected !== undefined && !`${posix.normalize(collected)}/`.startsWith(`${folder}/`),
    )
  );
}

function installOf(
  run: RunCommand,
  { tool, words }: Call,
  version: string,
  view: PackageView,
  environments: Installs["environments"],
): Install | undefined {
  const [verb = "", ...rest] = words;
  if (tool === "pip" && verb === "install")
    return pipInstall(run, "pip", rest, placeOfPip(run, rest, version, view), view);
  if (tool === "setup.py" && /^(?:install|develop)$/.test(verb))
    return { run, tool: "pip", place: placeOfPip(run, [], version, view), packages: undefined, ...UNLOCKED, files: [] };
  if (tool === "uv" && verb === "pip" && rest[0] === "install")
    return pipInstall(run, "uv", rest.slice(1), placeOfUv(run, rest.slice(1), version, view, environments), view);
  // The models of spaCy are packages, and pip installs them (spacy.io/usage/models).
  if (tool === "spacy" && verb === "download")
    return pipInstall(run, "pip", rest, placeOfPip(run, [], version, view), view);
  return projectInstall(run, tool, words, version, view);
}

function placeOfUv(
  run: RunCommand,
  words: readonly string[],
  version: string,
  view: PackageView,
  environments: Installs["environments"],
): Place | string {
  const isSystem = words.includes("--system") || /^(?:1|true)$/i.test(run.lookup("UV_SYSTEM_PYTHON") ?? "");
  if (isSystem || optionOf(words, "-t", "--target") !== undefined || optionOf(words, "", "--prefix") !== undefined)
    return placeOfPip(run, words, version, view);
  const named = run.lookup("VIRTUAL_ENV") || environmentOf(run, view);
  const beside = posix.join(run.folder ?? "/", ".venv");
  const root = named ?? (environments.has(beside) ? beside : undefined);
  return root ? environmentPlace(root, version) : "The environment that uv installs to is not known.";
}

const UNLOCKED = { all: false, wheels: false, development: false } as const;

/** Options of `pip install` whose value is the next word. */
const WITH_VALUE =
  /^(?:-t|--target|--prefix|-w|--wheel-dir|--root|-i|--index-url|--extra-index-url|-f|--find-links|--no-binary|--only-binary|--python-version|--platform|--implementation|--abi|--src|--trusted-host|--timeout|--retries|--cache-dir|-c|--constraint|--progress-bar|--proxy|--log|--upgrade-strategy|-C|--config-settings|--report|--cert|--client-cert|--exists-action|--python|-p|--root-user-action)$/;

function pipInstall(
  run: RunCommand,
  tool: string,
  words: readonly string[],
  place: Place | string,
  view: PackageView,
): Install {
  const packages: Requirement[] = [];
  const files: string[] = [];
  let isSeen = true;
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    const [, given] = /^(?:-r|--requirements?)(?:=(.*))?$/.exec(word) ?? [];
    if (/^(?:-r|--requirements?)(?:=|$)/.test(word)) {
      const file = posix.join(run.folder ?? "/", given ?? words[++at] ?? "");
      files.push(file);
      isSeen &&= addFile(file, run, view, packages, new Set());
    } else if (WITH_VALUE.test(word)) at++;
    else if (word === "-e" || word === "--editable" || isPath(word)) {
      const path = isPath(word) ? word : (words[++at] ?? "");
      packages.push({ name: "", extras: [], elsewhere: true });
      isSeen &&= !isPath(path) || addPath(path, run, view, packages);
    } else if (!word.startsWith("-")) packages.push(readRequirement(word));
    if (word.includes("$")) isSeen = false;
  }
  return { run, tool, place, packages: isSeen ? packages : undefined, ...UNLOCKED, files };
}

/** A folder or wheels, and no name or address: `.`, `./lib`, `/wheels/*`, `.[web]`. */
function isPath(word: string): boolean {
  return /^\.{0,2}\/|^\.{1,2}(?:\[|$)|^[\w./-]*\*|^[\w./-]+\.whl$/.test(word);
}

/** Adds what the project in a folder wants, or what wheels were made of; false where that was not seen. */
function addPath(path: string, run: RunCommand, view: PackageView, to: Requirement[]): boolean {
  if (/\*|\.whl$/.test(path)) return addWheels(view, to);
  const folder = posix.join(run.folder ?? "/", path.split("[", 1)[0] ?? "");
  if (!view.project.files) return false;
  const origin = view.origin(posix.join(folder, "pyproject.toml"), run);
  const told = origin.kind === "context" ? view.project.pyprojects?.get(folderOf(origin.path)) : undefined;
  to.push(...(told?.packages ?? []));
  // What setup.py computes, another file says, or a name in brackets adds, is not read.
  const isOpen = told?.packages.some(({ name, elsewhere }) => elsewhere && name === "");
  return told !== undefined && told.name !== "" && !isOpen && !path.includes("[");
}

function folderOf(path: string): string {
  const folder = posix.dirname(path);
  return folder === "." ? "" : folder;
}

/** The packages that `pip wheel` makes wheels of, here or in a stage that this one copies from. */
function addWheels(view: PackageView & Partial<Pick<AppView, "copies">>, to: Requirement[]): boolean {
  const stages = [view, ...(view.copies ?? []).flatMap(({ stage }) => stage ?? [])];
  const made = stages.flatMap((stage) =>
    stage.commands.flatMap((each) => {
      const call = moduleCall(each);
      if (call?.tool !== "pip" || call.words[0] !== "wheel") return [];
      return pipInstall(each, "pip", call.words.slice(1), "", stage);
    }),
  );
  to.push(...made.flatMap(({ packages = [] }) => packages));
  return made.length > 0 && made.every(({ packages }) => packages !== undefined);
}

/** Adds what a file of requirements asks for, with the files that it includes; false where one was not seen. */
function addFile(file: string, run: RunCommand, view: PackageView, to: Requirement[], seen: Set<string>): boolean {
  const origin = view.origin(file, run);
  const path = origin.kind === "context" ? origin.path : undefined;
  const read = path === undefined ? undefined : view.project.requirements?.get(path);
  if (!read || seen.size > MAX_FILES) return false;
  seen.add(file);
  to.push(...read.packages);
  // pip takes a folder from where it runs (pip, Requirements File Format).
  if (!read.packages.every(({ folder }) => folder === undefined || addPath(folder, run, view, to))) return false;
  return read.includes.every((each) => {
    const path = posix.join(posix.dirname(file), each);
    return seen.has(path) || addFile(path, run, view, to, seen);
  });
}

const MAX_FILES = 50;
