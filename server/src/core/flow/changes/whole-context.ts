import { posix } from "../../model/paths";
import { hasFolder } from "../../project/project";
import type { FileContext } from "../context";
import { copiesOf } from "../files/copies";

/** A project begins here, or a program of one file. */
const MANIFEST =
  /^(?:package\.json|go\.mod|Cargo\.toml|pom\.xml|(?:build|settings)\.gradle(?:\.kts)?|requirements[\w.-]*\.txt|pyproject\.toml|setup\.py|Pipfile|Gemfile|composer\.json|mix\.exs|rebar\.config|Makefile|CMakeLists\.txt|meson\.build|Package\.swift|pubspec\.yaml|stack\.yaml|dub\.(?:json|sdl)|project\.clj|deps\.edn|build\.sbt|[\w.-]+\.(?:csproj|fsproj|vbproj|sln|slnx|cabal|nimble|go|py|rb|php|js|ts|c|cc|cpp|rs|java|html))$/;

/**
 * Whether a copy of the whole context may bring a path, seen from there, that the folder has not. The folder of a
 * Dockerfile may be a part of what is built (`docker build -f deploy/Dockerfile .`): nothing says that it is all of it
 * where no project begins in it, and much against it where the end of the path stands in it.
 */
export function mayStandAbove(context: FileContext, inside: string): boolean {
  const { project } = context;
  const has = (path: string) => project.files?.has(path) || hasFolder(project, path) === true;
  for (let at = inside.indexOf("/"); at >= 0; at = inside.indexOf("/", at + 1))
    if (has(inside.slice(at + 1))) return true;
  return !isProject(context);
}

const known = new WeakMap<FileContext, boolean>();

function isProject(context: FileContext): boolean {
  const found = known.get(context) ?? (hasManifest(context) || hasNamedSource(context));
  known.set(context, found);
  return found;
}

function hasManifest({ project: { files } }: FileContext): boolean {
  return [...(files?.keys() ?? [])].some((path) => MANIFEST.test(path));
}

function hasNamedSource({ project, model, syntax }: FileContext): boolean {
  return model.stages
    .flatMap((stage) => copiesOf(stage, syntax.escape))
    .flatMap(({ from, sources }) => (from === undefined ? (sources ?? []) : []))
    .map((source) => posix.normalize(source.replace(/^\/+/, "")))
    .some((path) => path !== "." && (project.files?.has(path) || hasFolder(project, path) === true));
}
