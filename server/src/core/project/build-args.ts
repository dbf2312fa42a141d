import { field, isCompose } from "./targets";

/** A build argument that a file beside the Dockerfile sets by its name. */
export interface NamedBuildArg {
  /** The file that does so, by its path in the context. */
  readonly file: string;
  readonly name: string;
}

/** The build arguments that a compose file, a bake file or a script sets; `parseYaml` may throw where the text is none. */
export function readBuildArgs(
  file: string,
  text: string,
  parseYaml: (text: string) => unknown,
): readonly NamedBuildArg[] {
  return [...new Set(namesIn(file, text, parseYaml))].map((name) => ({ file, name }));
}

function namesIn(file: string, text: string, parseYaml: (text: string) => unknown): readonly string[] {
  try {
    if (isCompose(file))
      return entries(field(parseYaml(text), "services")).flatMap(([, each]) => argsOf(field(each, "build")));
    if (file === "docker-bake.json")
      return entries(field(JSON.parse(text), "target")).flatMap(([, each]) => argsOf(each));
  } catch {
    // A file that its own tool would not read sets nothing.
    return [];
  }
  if (file === "docker-bake.hcl")
    return bakeBlocks(text).flatMap((block) => matches(block, /\b([A-Za-z_]\w*)"?[ \t]*[=:]/g));
  if (!/\b(?:docker|podman|buildah)\b/.test(text)) return [];
  return [
    ...matches(text, /--build-arg[ =]["']?([A-Za-z_]\w*)/g),
    // The `build-args: |` of docker/build-push-action; a line too many makes nobody's build wrong.
    ...(file.startsWith(".github/") ? matches(text, /^[ \t]*([A-Za-z_]\w*)=/gm) : []),
  ];
}

/** The map or the list of `args`: `{ A: 1 }`, `["A=1", "B"]` (compose-spec, build). */
function argsOf(build: unknown): readonly string[] {
  const args = field(build, "args");
  if (!Array.isArray(args)) return entries(args).map(([name]) => name);
  return args.flatMap((each: unknown) => (typeof each === "string" ? each.split("=", 1) : []));
}

/** What stands between the braces of each `args = { … }`. */
function bakeBlocks(text: string): readonly string[] {
  return [...text.matchAll(/\bargs[ \t]*=[ \t]*\{([^}]*)/g)].flatMap(([, block]) => block ?? []);
}

function entries(value: unknown): readonly [string, unknown][] {
  return typeof value === "object" && value !== null ? Object.entries(value) : [];
}

function matches(text: string, pattern: RegExp): readonly string[] {
  return [...text.matchAll(pattern)].flatMap(([, name]) => name ?? []);
}
