/** A stage that a file beside the Dockerfile asks to be built. */
export interface NamedTarget {
  /** The file that says so, by its path in the context. */
  readonly file: string;
  readonly target: string;
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
  return /^(?:\.github\/workflows\/[^/]+\.ya?ml|\.gitlab-ci\.ya?ml|[^/]+\.sh|(?:scripts?|ci|\.ci)\/[^/]+\.sh)$/.test(
    path,
  );
}

/** A compose file, which takes a parser of YAML to read. */
export function isCompose(path: string): boolean {
  return /^(?:docker-)?compose\.ya?ml$/.test(path);
}

/** The targets that a file names; `parseYaml` may throw where the text is none. */
export function readTargets(file: string, text: string, parseYaml: (text: string) => unknown): readonly NamedTarget[] {
  return [...new Set(namesIn(file, text, parseYaml))].map((target) => ({ file, target }));
}

function namesIn(file: string, text: string, parseYaml: (text: string) => unknown): readonly string[] {
  try {
    if (isCompose(file))
      return values(field(parseYaml(text), "services")).flatMap((each) => targetOf(field(each, "build")));
    if (file === "docker-bake.json") return values(field(JSON.parse(text), "target")).flatMap(targetOf);
  } catch {
    // A file that its own tool would not read names nothing.
    return [];
  }
  if (file === "docker-bake.hcl") return matches(text, /^[ \t]*target[ \t]*=[ \t]*"([\w.-]+)"/gm);
  if (!/\b(?:docker|podman|buildah)\b/.test(text)) return [];
  return [
    ...matches(text, /--target[ =]["']?([\w.-]+)/g),
    ...(file.startsWith(".github/") ? matches(text, /^[ \t]*target:[ \t]*["']?([\w.-]+)/gm) : []),
  ];
}

function matches(text: string, pattern: RegExp): readonly string[] {
  return [...text.matchAll(pattern)].flatMap(([, name]) => name ?? []);
}

function targetOf(build: unknown): readonly string[] {
  const target = field(build, "target");
  return typeof target === "string" ? [target] : [];
}

/** A field of a value that a parser gave; undefined where it has none. */
export function field(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
}

function values(value: unknown): readonly unknown[] {
  return typeof value === "object" && value !== null ? Object.values(value) : [];
}
