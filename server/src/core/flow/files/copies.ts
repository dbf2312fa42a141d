import { expandAt, type Stage } from "../../model/model";
import { matchesPattern, posix } from "../../model/paths";
import { hasFolder, type Project } from "../../project/project";
import { words } from "../../syntax/ast";
import { flagOf, type Instruction, type Token } from "../../syntax/instruction";
import type { Origin } from "../../toolchains/toolchain";

/** A COPY or ADD of a stage, with its paths resolved. */
export interface Copy {
  readonly instruction: Instruction;
  /** The place of the instruction in its stage. */
  readonly at: number;
  /** The stage or image of `--from`; undefined for the build context. */
  readonly from: string | undefined;
  /** As they are written, variables replaced; undefined where one is unknown. */
  readonly sources: readonly string[] | undefined;
  /** Absolute, without a trailing slash; undefined where it is unknown. */
  readonly target: string | undefined;
  /** The sources where they are written. */
  readonly words: readonly Token[];
  /** A path as this instruction writes it: in JSON form a string. */
  write(path: string): string;
  /** The target is a folder whatever the sources are: it ends in a slash, or there are several sources. */
  readonly intoFolder: boolean;
}

const known = new WeakMap<Stage, readonly Copy[]>();

/** The COPY and ADD instructions of a stage, in order. Heredoc sources are left out. */
export function copiesOf(stage: Stage, escapeChar: string): readonly Copy[] {
  const copies = known.get(stage) ?? readCopies(stage, escapeChar);
  known.set(stage, copies);
  return copies;
}

function readCopies(stage: Stage, escapeChar: string): readonly Copy[] {
  return stage.instructions.flatMap((instruction, at) => {
    if ((instruction.keyword !== "COPY" && instruction.keyword !== "ADD") || instruction.oversized) return [];
    const tokens = instruction.json ?? words(instruction);
    const all = tokens.map(({ text }) => text);
    const expand = (raw: string) => expandAt(stage, at, raw, escapeChar);
    const target = expand(all.at(-1) ?? "");
    const sources = all
      .slice(0, -1)
      .filter((word) => !word.includes("<<"))
      .map(expand);
    const workdir = stage.scope.workdir(at);
    return {
      instruction,
      at,
      from: flagOf(instruction, "from")?.value,
      words: tokens.slice(0, -1).filter(({ text }) => !text.includes("<<")),
      write: (path) => (instruction.json ? JSON.stringify(path) : path),
      sources: sources.every((source) => source !== undefined) ? (sources as string[]) : undefined,
      target:
        target === undefined || (workdir === undefined && !target.startsWith("/"))
          ? undefined
          : posix.join(workdir ?? "/", target),
      intoFolder: target !== undefined && (/(?:^|\/)\.?$/.test(target) || sources.length > 1),
    };
  });
}

/**
 * Which file or folder of the context stands at an absolute path of the stage before instruction `before`.
 * Later copies win. A file is only answered with where the project has it.
 */
export function originOf(copies: readonly Copy[], path: string, before: number, project: Project): Origin {
  let doubt = false;
  for (const copy of copies.filter(({ at }) => at < before).reverse()) {
    if (copy.from !== undefined || copy.instruction.heredocs.length > 0) {
      doubt ||= copy.target === undefined || within(copy.target, path) !== undefined;
      continue;
    }
    if (!copy.sources || copy.target === undefined) {
      doubt = true;
      continue;
    }
    for (const source of copy.sources) {
      const origin = originThrough(copy, source, copy.target, path, project);
      if (origin.kind === "context") return origin;
      doubt ||= origin.kind === "unknown";
    }
  }
  return doubt ? UNKNOWN : NONE;
}

const NONE: Origin = { kind: "none" };
const UNKNOWN: Origin = { kind: "unknown" };

function originThrough(copy: Copy, source: string, target: string, path: string, project: Project): Origin {
  if (/^(?:https?|git|ssh):\/\/|^git@/.test(source)) return within(target, path) === undefined ? NONE : UNKNOWN;
  const clean = posix.normalize(source.replace(/^\/+/, "")).replace(/^\.$/, "");
  if (/[*?[]/.test(clean)) return originThroughPattern(copy, clean, target, path, project);
  const isFolder = clean === "" || (hasFolder(project, clean) ?? (isFileName(clean) ? false : undefined));
  // What the folder does not have at all was meant for another context.
  if (isFolder === false && project.files && !project.files.has(clean) && !/\.(?:go|mod|sum)$/.test(clean)) {
    const mayBring = isFileName(clean) ? landsAt(copy, clean, target, path) : within(target, path) !== undefined;
    return mayBring ? UNKNOWN : NONE;
  }
  if (isFolder === false) return landsAt(copy, clean, target, path) ? { kind: "context", path: clean } : NONE;
  const inside = within(target, path);
  if (inside === undefined) return NONE;
  const candidate = [clean, inside].filter((part) => part !== "").join("/");
  if (!project.files) return landsAt(copy, clean, target, path) ? { kind: "context", path: clean } : UNKNOWN;
  return project.files.has(candidate) || hasFolder(project, candidate) ? { kind: "context", path: candidate } : NONE;
}

function originThroughPattern(copy: Copy, pattern: string, target: string, path: string, project: Project): Origin {
  if (!project.files) return mayMatch(pattern, target, path) ? UNKNOWN : NONE;
  for (const file of project.files.keys()) {
    if (matchesPattern(pattern, file) && landsAt({ ...copy, intoFolder: true }, file, target, path))
      return { kind: "context", path: file };
  }
  return NONE;
}

/** A name that says it is a file: `package.json`, `go.sum`, `Cargo.lock`; folders have no such names. */
export function isFileName(path: string): boolean {
  return FILE.test(posix.basename(path));
}

const FILE =
  /^(?:Makefile|Dockerfile|Gemfile|Rakefile|Procfile|LICENSE|gradlew|mvnw|[\w.@*?-]+\.(?:go|mod|sum|json|lock|lockb|txt|toml|ya?ml|xml|m?js|cjs|jsx|tsx?|py|rb|php|sh|jar|war|csproj|fsproj|vbproj|sln|slnx|props|targets|gradle|kts|properties|md|cfg|ini|exs?|cabal|html|css|sql|pem|crt|gemspec|rs|java|kt|c|cc|cpp|h|cs|fs|hs|erl|clj|edn|lua|pl|proto|tgz|zip|deb|whl))$/;

/** Whether a pattern may bring a file to a path: one that only files match brings no folder. */
function mayMatch(pattern: string, target: string, path: string): boolean {
  const inside = within(target, path);
  if (inside === undefined) return false;
  const name = posix.basename(pattern);
  if (!isFileName(name) && !/^[\w-]+\.\*$/.test(name)) return true;
  return inside === "" || (!inside.includes("/") && matchesPattern(name, inside));
}

/** A copied file comes to stand at `path`. A target without a slash may be a folder that is already there. */
function landsAt(copy: Copy, source: string, target: string, path: string): boolean {
  const within = posix.join(target, posix.basename(source)) === path;
  return within || (!copy.intoFolder && target === path);
}

/** `path` seen from `folder`, "" for the folder itself; undefined where it lies elsewhere. */
export function within(folder: string, path: string): string | undefined {
  if (path === folder) return "";
  const prefix = folder === "/" ? "/" : `${folder}/`;
  return path.startsWith(prefix) ? path.slice(prefix.length) : undefined;
}
