import { posix } from "../model/paths";
import { Inherited, readBakeHcl, readBakeJson } from "./bake";

/** A stage that a file beside the Dockerfile asks to be built. */
export interface NamedTarget {
  /** The file that says so, by its path in the context. */
  readonly file: string;
  /** A stage's name or number. */
  readonly target: string;
  /** The Dockerfile that it is a stage of, by its path in the context; absent where the file does not say. */
  readonly dockerfile?: string;
}

/** Names under which the tools look for their files, in the folder of the context. */
export const TARGET_FILES: readonly string[] = [
  "compose.yaml",
  "compose.yml",
  "docker-compose.yaml",
  "docker-compose.yml",
  "docker-bake.hcl",
  "docker-bake.json",
  "Makefile",
];

/** Scripts and workflows of CI: what builds an image by a command. */
export function isBuildScript(path: string): boolean {
  return isWorkflow(path) || /^(?:\.gitlab-ci\.ya?ml|[^/]+\.sh|(?:scripts?|ci|\.ci)\/[^/]+\.sh)$/.test(path);
}

function isWorkflow(path: string): boolean {
  return /^\.github\/workflows\/[^/]+\.ya?ml$/.test(path);
}

/** A compose file. */
export function isCompose(path: string): boolean {
  return /^(?:docker-)?compose\.ya?ml$/.test(path);
}

/** A file that takes a parser of YAML to read. */
export function isYaml(path: string): boolean {
  return isCompose(path) || isWorkflow(path);
}

/** The targets that a file names; `parseYaml` may throw where the text is none. */
export function readTargets(file: string, text: string, parseYaml: (text: string) => unknown): readonly NamedTarget[] {
  const found = new Map<string, NamedTarget>();
  for (const { target, dockerfile } of targetsIn(file, text, parseYaml))
    found.set(`${target} ${dockerfile}`, { file, target, ...(dockerfile !== undefined && { dockerfile }) });
  return [...found.values()];
}

interface Found {
  readonly target: string;
  readonly dockerfile: string | undefined;
}

function targetsIn(file: string, text: string, parseYaml: (text: string) => unknown): readonly Found[] {
  try {
    if (isCompose(file))
      return values(field(parseYaml(text), "services")).flatMap((each) => composeTarget(field(each, "build")));
    if (file === "docker-bake.json") return bakeTargets(readBakeJson(JSON.parse(text)));
    if (isWorkflow(file)) return [...actionTargets(parseYaml(text), 0), ...commandTargets(text)];
  } catch {
    // A file that its own tool would not read names nothing.
    return [];
  }
  return file === "docker-bake.hcl" ? bakeTargets(readBakeHcl(text)) : commandTargets(text);
}

/** compose-spec, build: the Dockerfile is looked for in the context. */
function composeTarget(build: unknown): readonly Found[] {
  const target = field(build, "target");
  if (typeof target !== "string" || field(build, "dockerfile_inline") !== undefined) return [];
  return [{ target, dockerfile: dockerfileIn(field(build, "context") ?? ".", field(build, "dockerfile")) }];
}

function bakeTargets(targets: ReturnType<typeof readBakeHcl>): readonly Found[] {
  const inherited = new Inherited(targets);
  return [...targets.keys()].flatMap((name) => {
    const { context, dockerfile, target, sets } = inherited.of(name);
    if (target === undefined || sets.has("dockerfile-inline")) return [];
    const hidden =
      (sets.has("context") && context === undefined) || (sets.has("dockerfile") && dockerfile === undefined);
    return [{ target, dockerfile: hidden ? undefined : dockerfileIn(context ?? ".", dockerfile) }];
  });
}

/** The `with` of docker/build-push-action; its file is seen from the root of the repository. */
function actionTargets(value: unknown, depth: number): readonly Found[] {
  if (typeof value !== "object" || value === null || depth > 16) return [];
  const [target, file, context] = ["target", "file", "context"].map((name) => field(value, name));
  const inner = values(value).flatMap((each) => actionTargets(each, depth + 1));
  if (typeof target !== "string" || target.includes("$")) return inner;
  const dockerfile = typeof file === "string" ? plainPath(file) : dockerfileIn(context ?? ".", file);
  return [{ target, dockerfile }, ...inner];
}

/** A longer command was written by no person, nor one that builds so often. */
const MAX_LINE = 4096;
const MAX_BUILDS = 16;

/** `docker build --target x -f Dockerfile .` in a script. */
function commandTargets(text: string): readonly Found[] {
  if (!/\b(?:docker|podman|buildah)\b/.test(text) || !text.includes("--target")) return [];
  const lines = text.replace(/\\\r?\n/g, " ").split("\n");
  const written = lines.filter(({ length }) => length < MAX_LINE);
  return written.flatMap((line) =>
    [...line.matchAll(/--target[ =]["']?([\w.-]+)/g)]
      .slice(0, MAX_BUILDS)
      .flatMap(({ 1: target, index }) =>
        target === undefined ? [] : [{ target, dockerfile: dockerfileOfCommand(line, index) }],
      ),
  );
}

/** The Dockerfile of the `docker build` that an option belongs to; undefined where the command, or its folder, is not understood. */
function dockerfileOfCommand(line: string, at: number): string | undefined {
  const before = line.slice(0, at);
  const start = Math.max(before.lastIndexOf("build"), before.lastIndexOf("bud"));
  if (start < 0 || /\bcd\b|\bpushd\b/.test(before.slice(0, start))) return undefined;
  const words =
    line
      .slice(start)
      .split(/&&|\|\||[;|&#]/, 1)[0]
      ?.trim()
      .split(/[ \t]+/) ?? [];
  const flag = words.findIndex((word) => /^(?:-f|--file)(?:=|$)/.test(word));
  const file = flag < 0 ? undefined : (/=(.*)/.exec(words[flag] ?? "")?.[1] ?? words[flag + 1]);
  if (file !== undefined) return plainPath(file);
  const last = words.at(-1) ?? "";
  return /^\.{0,2}\/|^\.$|\/$/.test(last) ? dockerfileIn(last, undefined) : undefined;
}

function dockerfileIn(context: unknown, dockerfile: unknown): string | undefined {
  if (typeof context !== "string" || (dockerfile !== undefined && typeof dockerfile !== "string")) return undefined;
  return plainPath(`${context}/${dockerfile ?? "Dockerfile"}`);
}

/** A path seen from the context; undefined where it is an address, or a variable hides it. */
function plainPath(path: string): string | undefined {
  const bare = path.replace(/^["']|["']$/g, "");
  if (/[$:`]|^~|^\//.test(bare)) return undefined;
  // What lies outside of the context is no file of it, and stays as it is.
  return /^(?:\.\/)*\.\.\//.test(bare) ? bare : posix.normalize(bare);
}

/** A field of a value that a parser gave; undefined where it has none. */
export function field(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
}

function values(value: unknown): readonly unknown[] {
  return typeof value === "object" && value !== null ? Object.values(value) : [];
}
