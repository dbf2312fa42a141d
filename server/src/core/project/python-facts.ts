import type { Parsers } from "./parsers";
import type { Project } from "./project";
import { readPyproject, readPythonLock } from "./pyproject";
import { readPythonSource } from "./python";
import { REQUIREMENTS, readRequirements } from "./requirements";

/** More Python files than this are not read: what they hold is then taken as unseen. */
const MAX_SOURCES = 300;
const LOCK = /(?:^|\/)(?:uv\.lock|poetry\.lock|Pipfile\.lock)$/;
const PROJECT = /(?:^|\/)pyproject\.toml$/;
const VERSION = /(?:^|\/)\.python-version$/;

/** The files of Python that tell facts. */
export function pythonTexts(paths: readonly string[]): readonly string[] {
  const sources = paths.filter(isPython);
  const others = paths.filter((path) => [LOCK, PROJECT, VERSION, REQUIREMENTS].some((name) => name.test(path)));
  return [...(sources.length <= MAX_SOURCES ? sources : []), ...others];
}

/** The facts that they tell. */
export function pythonFacts(
  files: ReadonlyMap<string, number>,
  texts: ReadonlyMap<string, string>,
  { toml }: Parsers,
): Pick<Project, "pythonSources" | "requirements" | "pyprojects" | "pythonLocks" | "pythonVersions"> {
  const read = <T>(name: RegExp, make: (text: string, path: string) => T | undefined) =>
    [...texts].flatMap(([path, text]): [string, T][] => {
      const fact = files.has(path) && name.test(path) ? make(text, path) : undefined;
      return fact === undefined ? [] : [[path, fact]];
    });
  const byFolder = <T>(list: readonly [string, T][]) =>
    new Map(list.map(([path, fact]) => [path.slice(0, Math.max(path.lastIndexOf("/"), 0)), fact]));
  const paths = [...files.keys()].filter(isPython);
  const isSeen = paths.every((path) => texts.has(path));
  return {
    ...(isSeen && { pythonSources: new Map(paths.map((path) => [path, readPythonSource(texts.get(path) ?? "")])) }),
    requirements: new Map(read(REQUIREMENTS, readRequirements)),
    pyprojects: byFolder(read(PROJECT, (text) => readPyproject(text, toml))),
    pythonLocks: new Map(read(LOCK, (text, path) => readPythonLock(path, text, toml))),
    pythonVersions: byFolder(read(VERSION, (text) => text.trim())),
  };
}

function isPython(path: string): boolean {
  return path.endsWith(".py");
}
