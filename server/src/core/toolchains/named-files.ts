import { matchesPattern, posix } from "../model/paths";
import { hasFolder, type Project } from "../project/project";
import type { PathUse, StageView } from "./toolchain";

/** Files of a repository that no program reads. */
const NOT_READ =
  /(?:^|\/)(?:go\.(?:mod|sum|work)|[^/]*\.(?:go|rs|c|h|cc|cpp|hpp)|Cargo\.(?:toml|lock)|CMakeLists\.txt|Dockerfile[^/]*|Makefile|README[^/]*|LICENSE[^/]*|\.git[^/]*|\.dockerignore)$/;
/** A longer literal is a text, no path. */
const MAX_PATH = 200;

/** A source with what it says. */
export interface NamingFile {
  /** In the context. */
  readonly path: string;
  readonly folder: string;
  readonly literals: readonly string[];
  /** Patterns of files that become part of the program, seen from its folder. */
  readonly embeds: readonly string[];
}

/**
 * Files and folders of the context that string literals of a program name, for modules that were not read may open them.
 * What is embedded is part of the program. A program that starts others may name them among the `words` of a literal.
 */
export function namedFiles(
  files: readonly NamingFile[],
  view: StageView,
  inWords: "whole" | "words" = "whole",
): readonly PathUse[] {
  const { workdir } = view;
  if (workdir === undefined) return [];
  const found = new Map<string, PathUse>();
  for (const { literal, name, file } of candidatesOf(files, view.project, inWords)) {
    const path = posix.join(workdir, name);
    const origin = path === workdir || found.has(path) ? undefined : view.origin(path);
    if (origin?.kind !== "context" || origin.path === "" || isEmbedded(origin.path, file)) continue;
    const isFile = view.project.files?.has(origin.path) ?? false;
    if (isFile ? NOT_READ.test(origin.path) : !holdsData(view.project, origin.path)) continue;
    found.set(path, { path, shape: isFile ? "file" : "folder", by: `"${literal}" in ${file.path}` });
  }
  return [...found.values()];
}

/** Readers of settings try these behind a name: viper of Go, config and figment of Rust. */
const ENDINGS = ["", ".toml", ".yaml", ".yml", ".json", ".json5", ".ini", ".ron", ".env", ".properties"];

interface Candidate {
  readonly literal: string;
  readonly name: string;
  readonly file: NamingFile;
}

const candidates = new WeakMap<readonly NamingFile[], readonly Candidate[]>();

/** The literals that end as some file or folder of the context does: of a program's thousands a few. */
function candidatesOf(
  files: readonly NamingFile[],
  project: Project,
  inWords: "whole" | "words",
): readonly Candidate[] {
  const known = candidates.get(files);
  if (known) return known;
  const parts = new Set([...(project.files?.keys() ?? [])].flatMap((path) => path.split("/")));
  const found = new Map<string, Candidate>();
  for (const file of files) {
    const words = inWords === "words" ? file.literals.flatMap((each) => each.split(/\s+/)) : [];
    for (const literal of [...file.literals, ...words]) {
      const fixed = pathOf(literal);
      for (const ending of fixed === undefined ? [] : ENDINGS) {
        const name = `${fixed}${ending}`;
        const key = `${file.folder} ${name}`;
        if (!found.has(key) && parts.has(posix.basename(name))) found.set(key, { literal, name, file });
      }
    }
  }
  const all = [...found.values()];
  candidates.set(files, all);
  return all;
}

/** The fixed beginning of what may be a path. */
function pathOf(literal: string): string | undefined {
  if (literal.length > MAX_PATH || !/^(?:file:\/\/)?[\w./-][\w.*?/{}%:-]*$/.test(literal)) return undefined;
  const [fixed = ""] = literal.replace(/^file:\/\//, "").split(/[*?{%]/, 1);
  const name = fixed === literal || !/[*?{%]/.test(literal) ? fixed : fixed.slice(0, fixed.lastIndexOf("/") + 1);
  return name.replace(/[./]/g, "") === "" ? undefined : name;
}

function holdsData(project: Project, folder: string): boolean {
  if (!hasFolder(project, folder)) return false;
  for (const path of project.files?.keys() ?? [])
    if (path.startsWith(`${folder}/`) && !NOT_READ.test(path)) return true;
  return false;
}

function isEmbedded(path: string, { embeds, folder }: NamingFile): boolean {
  return embeds.some((pattern) => {
    const place = posix.normalize(`${folder === "" ? "" : `${folder}/`}${pattern.replace(/^all:|["`]/g, "")}`);
    return (
      place === path || path.startsWith(`${place}/`) || place.startsWith(`${path}/`) || matchesPattern(place, path)
    );
  });
}
