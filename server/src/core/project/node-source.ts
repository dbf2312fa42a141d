import { argumentsAt, bindingsOf, expressionAt, pathOf, type SourcePath } from "./javascript-paths";
import { type Token, tokensOf } from "./javascript-tokens";

/** What a source of JavaScript or TypeScript shows of what its program does, by its own words. */
export interface NodeSource {
  /** Every string of it that may be the name of a package or of a file: no spaces, not of an `import type`. */
  readonly words: ReadonlySet<string>;
  /** What it writes to; undefined for a path that is not written out. */
  readonly writes: readonly (SourcePath | undefined)[];
  /** Other programs that it starts. */
  readonly starts: readonly StartedProgram[];
  /** It takes in files or packages whose names are not written out. */
  readonly isOpen: boolean;
  /** It asks which version of Node runs it. */
  readonly readsVersion: boolean;
  /** The variables that npm sets for a script and it reads: `npm_package_version`. */
  readonly npmVariables: readonly string[];
}

/** A call that starts another program. */
export interface StartedProgram {
  /** The call: `execSync`. */
  readonly by: string;
  /** The first words; undefined where they are not written out. */
  readonly command: string | undefined;
  /** Node itself, by its own path. */
  readonly isNode: boolean;
  /** A shell runs it. */
  readonly shell: boolean;
}

/** A longer one is no source of a person, but what a bundler made. Characters. */
const MAX_SOURCE = 512 * 1024;
/** A longer word is no name. */
const MAX_WORD = 200;

/** Reads a source; undefined where it is too long to be one. */
export function readNodeSource(text: string): NodeSource | undefined {
  if (text.length > MAX_SOURCE) return undefined;
  const tokens = tokensOf(text);
  const words = new Set<string>();
  const writes: (SourcePath | undefined)[] = [];
  const starts: StartedProgram[] = [];
  const npmVariables = new Set<string>();
  let isOpen = false;
  let readsVersion = false;
  const bindings = once(() => bindingsOf(tokens));
  const startsPrograms = tokens.some(({ kind, text }) => kind === "string" && PROGRAMS.test(text ?? ""));
  for (let at = 0; at < tokens.length; at++) {
    const { kind, text } = tokens[at] as Token;
    readsVersion ||= /^versions?$/.test(text ?? "") && tokens[at - 2]?.text === "process";
    if (text?.startsWith("npm_")) npmVariables.add(text);
    if (kind === "string") {
      if (text !== undefined && text.length <= MAX_WORD && !/\s/.test(text) && !isTypeImport(tokens, at))
        words.add(text);
    } else if (kind === "name" && tokens[at + 1]?.text === "(" && tokens[at + 1]?.kind === "sign") {
      isOpen ||= (text === "require" || text === "import") && !isWritten(tokens[at + 2]);
      if (text !== undefined && WRITES.has(text)) writes.push(written(text, tokens, at + 2, bindings));
      else if (startsPrograms && text !== undefined && STARTS.has(text)) starts.push(started(text, tokens, at + 2));
    }
  }
  return { words, writes, starts, isOpen, readsVersion, npmVariables: [...npmVariables] };
}

/** A string, and no template with gaps. */
function isWritten(token: Token | undefined): boolean {
  return token?.kind === "string" && token.text !== undefined;
}

/** Modules that start programs. */
const PROGRAMS = /^(?:(?:node:)?child_process|execa|cross-spawn|shelljs|zx|spawn-[\w-]+)$/;
/** Functions of node:child_process, execa, cross-spawn and shelljs. */
const STARTS = new Map<string, "shell" | "program" | "node">([
  ["exec", "shell"],
  ["execSync", "shell"],
  ["execCommand", "shell"],
  ["execaCommand", "shell"],
  ["spawn", "program"],
  ["spawnSync", "program"],
  ["execFile", "program"],
  ["execFileSync", "program"],
  ["execa", "program"],
  ["execaSync", "program"],
  ["fork", "node"],
  ["execaNode", "node"],
]);

/** Functions of node:fs and fs-extra that write, with the place of the path among their words. */
const WRITES = new Map<string, number>([
  ...names(
    "writeFile appendFile createWriteStream mkdir mkdtemp truncate unlink rmdir rm chmod utimes outputFile outputJson writeJson writeJSON ensureDir ensureFile emptyDir mkdirp",
  ),
  ...names("copyFile cp rename symlink link move").map(([name]): [string, number] => [name, 1]),
]);

/** Each with its synchronous form. */
function names(list: string): [string, number][] {
  return list.split(" ").flatMap((name): [string, number][] => [
    [name, 0],
    [`${name}Sync`, 0],
  ]);
}

/** `import type { A } from "b"`: nothing is left of it when the program runs. */
function isTypeImport(tokens: readonly Token[], at: number): boolean {
  if (tokens[at - 1]?.text !== "from") return false;
  for (let each = at - 2; each >= 0 && at - each < 200; each--) {
    const { kind, text } = tokens[each] as Token;
    if (kind === "name" && (text === "import" || text === "export")) return tokens[each + 1]?.text === "type";
    if (kind === "string" || text === ";") return false;
  }
  return false;
}

function written(
  name: string,
  tokens: readonly Token[],
  from: number,
  bindings: () => ReadonlyMap<string, number>,
): SourcePath | undefined {
  const path = argumentsAt(tokens, from)[WRITES.get(name) ?? 0];
  const bound = path?.length === 1 && path[0]?.kind === "name" ? bindings().get(path[0].text ?? "") : undefined;
  return path && (pathOf(path) ?? (bound === undefined ? undefined : pathOf(expressionAt(tokens, bound))));
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function started(by: string, tokens: readonly Token[], from: number): StartedProgram {
  const [first = [], ...others] = argumentsAt(tokens, from);
  const how = STARTS.get(by);
  const words = first.map(({ text }) => text ?? "").join("");
  const isNode = how === "node" || words === "process.execPath" || words === "execPath";
  const only = first.length === 1 && first[0]?.kind === "string" ? first[0].text : undefined;
  const inShell = others.some((each) =>
    each.some(({ text }, at) => text === "shell" && each[at + 2]?.text !== "false"),
  );
  return { by, command: only, isNode, shell: how === "shell" || inShell };
}

/** More sources than this are not read. */
export const MAX_NODE_SOURCES = 1_000;

/** A source of a program that Node runs, `bin/www` of Express among them, and neither that of a package that was installed nor a declaration of types. */
export function isNodeSource(path: string): boolean {
  return (
    /\.(?:[cm]?[jt]s|[jt]sx)$|(?:^|\/)bin\/[\w-]+$/.test(path) &&
    !/\.d\.[cm]?ts$|\.min\.[cm]?js$|(?:^|\/)(?:node_modules|bower_components|\.yarn|\.next|coverage)\//.test(path) &&
    !isNodeTest(path)
  );
}

/** Tests, and what they stand on. */
export function isNodeTest(path: string): boolean {
  return /\.(?:test|spec|stories|cy|e2e-spec)\.\w+$|(?:^|\/)(?:tests?|__tests__|__mocks__|e2e|cypress|spec)\//.test(
    path,
  );
}
