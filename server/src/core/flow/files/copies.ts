import { expandWord } from "../../model/expand";
import { expandAt, type Stage } from "../../model/model";
import { matchesPattern, posix } from "../../model/paths";
import { hasFolder, type Project } from "../../project/project";
import { words } from "../../syntax/ast";
import { flagOf, type Instruction, type Reading, type Token } from "../../syntax/instruction";
import { groupBy } from "../../text/group";
import { rememberedBeside, rememberedWith } from "../../text/remembered";
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

/** The paths of a COPY or ADD, wherever that stands. */
export type CopyPaths = Pick<Copy, "instruction" | "at" | "from" | "sources" | "target" | "intoFolder">;

/** The COPY and ADD instructions of a stage, in order. Heredoc sources are left out. */
export const copiesOf = rememberedBeside(readCopies);

function readCopies(stage: Stage, escapeChar: string): readonly Copy[] {
  const copies: Copy[] = [];
  stage.instructions.forEach((instruction, at) => {
    if ((instruction.keyword !== "COPY" && instruction.keyword !== "ADD") || instruction.oversized) return;
    const workdir = stage.scope.workdir(at);
    const paths =
      fixedPaths(instruction.reading, workdir) ??
      pathsOf(instruction, workdir, (raw) => expandAt(stage, at, raw, escapeChar));
    copies.push(new PlacedCopy(instruction, at, paths));
  });
  return copies;
}

type Paths = Pick<Copy, "from" | "sources" | "target" | "intoFolder">;

/** Those that hang on no variable. */
const fixedPaths = rememberedWith((reading: Reading, workdir: string | undefined): Paths | undefined =>
  reading.body.includes("$") ? undefined : pathsOf(reading, workdir, (raw) => expandWord(raw, unset, reading.escape)),
);

const unset = () => undefined;

function pathsOf(
  instruction: Reading,
  workdir: string | undefined,
  expand: (raw: string) => string | undefined,
): Paths {
  const all = wordsOf(instruction).map(({ text }) => text);
  const target = expand(all.at(-1) ?? "");
  const sources = all.slice(0, -1).filter(isPath).map(expand);
  return {
    from: flagOf(instruction, "from")?.value,
    sources: sources.every((source) => source !== undefined) ? sources : undefined,
    target:
      target === undefined || (workdir === undefined && !target.startsWith("/"))
        ? undefined
        : posix.join(workdir ?? "/", target),
    intoFolder: target !== undefined && (/(?:^|\/)\.?$/.test(target) || sources.length > 1),
  };
}

function wordsOf(instruction: Reading): readonly Token[] {
  return instruction.json ?? words(instruction);
}

function isPath(word: string): boolean {
  return !word.includes("<<");
}

class PlacedCopy implements Copy {
  readonly from: string | undefined;
  readonly sources: readonly string[] | undefined;
  readonly target: string | undefined;
  readonly intoFolder: boolean;

  constructor(
    readonly instruction: Instruction,
    readonly at: number,
    { from, sources, target, intoFolder }: Paths,
  ) {
    this.from = from;
    this.sources = sources;
    this.target = target;
    this.intoFolder = intoFolder;
  }

  get words(): readonly Token[] {
    return wordsOf(this.instruction)
      .slice(0, -1)
      .filter(({ text }) => isPath(text));
  }

  write(path: string): string {
    return this.instruction.json ? JSON.stringify(path) : path;
  }
}

/**
 * Which file or folder of the context stands at an absolute path of the stage before instruction `before`.
 * Later copies win. A file is only answered with where the project has it.
 */
export function originOf(copies: readonly CopyPaths[], path: string, before: number, project: Project): Origin {
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

function originThrough(copy: CopyPaths, source: string, target: string, path: string, project: Project): Origin {
  if (/^(?:https?|git|ssh):\/\/|^git@/.test(source)) return within(target, path) === undefined ? NONE : UNKNOWN;
  const clean = posix.normalize(source.replace(/^\/+/, "")).replace(/^\.$/, "");
  if (/[*?[]/.test(clean)) return originThroughPattern(clean, target, path, project);
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

function originThroughPattern(pattern: string, target: string, path: string, project: Project): Origin {
  if (!project.files) return mayMatch(pattern, target, path) ? UNKNOWN : NONE;
  const name = within(target, path);
  const file = filesNamed(project.files, name ?? "").find((each) => matchesPattern(pattern, each));
  return file === undefined ? NONE : { kind: "context", path: file };
}

const byName = rememberedBeside((files: NonNullable<Project["files"]>) => groupBy(files.keys(), posix.basename));

function filesNamed(files: NonNullable<Project["files"]>, name: string): readonly string[] {
  return byName(files).get(name) ?? [];
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
function landsAt(copy: CopyPaths, source: string, target: string, path: string): boolean {
  const within = posix.join(target, posix.basename(source)) === path;
  return within || (!copy.intoFolder && target === path);
}

/** `path` seen from `folder`, "" for the folder itself; undefined where it lies elsewhere. */
export function within(folder: string, path: string): string | undefined {
  if (path === folder) return "";
  const prefix = folder === "/" ? "/" : `${folder}/`;
  return path.startsWith(prefix) ? path.slice(prefix.length) : undefined;
}
