import { posix } from "../../model/paths";
import { hasFolder } from "../../project/project";
import type { AppView } from "../app";
import type { JavaUses } from "./sources";
import type { JavaStart } from "./start";

/** Files of the context that the start, a variable or a source names. */
export function namedFiles(view: AppView, start: JavaStart, uses: JavaUses, workdir: string): readonly string[] {
  const words = [...start.flags, ...start.args, ...variablesOf(view)].flatMap((word) => word.split(/[=:,;\s]/));
  const names = topNames(view, workdir);
  const found: string[] = [];
  for (const word of new Set([...words, ...uses.strings])) {
    const inside = below(workdir, posix.join(workdir, word));
    // A word without a point or a slash names a folder at most, and those come along by themselves.
    if (!inside || !/[./]/.test(word) || !names.has(inside.split("/", 1)[0] ?? "")) continue;
    const path = posix.join(workdir, inside);
    if (isThere(view, path)) found.push(path);
  }
  return found;
}

const VARIABLES = [
  "JAVA_TOOL_OPTIONS",
  "JDK_JAVA_OPTIONS",
  "SPRING_CONFIG_LOCATION",
  "SPRING_CONFIG_ADDITIONAL_LOCATION",
  "LOGGING_CONFIG",
];

/** What the variables say by which java and Spring take options and settings. */
export function variablesOf(view: AppView): readonly string[] {
  return VARIABLES.flatMap((name) => view.env(name) ?? []);
}

/** The context has a file or a folder that comes to stand at that path. */
export function isThere(view: AppView, path: string): boolean {
  const file = view.contextFile(path);
  return file !== undefined && (view.project.files?.has(file) || hasFolder(view.project, file) === true);
}

/** What a project has for its build and for people, and no program reads. */
const NO_DATA =
  /^(?:\..*|pom\.xml|mvnw.*|src|target|build|out|bin|gradle|gradlew.*|.*\.gradle(?:\.kts)?|gradle\.properties|project|(?:Docker|Container|Make|Jenkins|Vagrant|Proc)file.*|(?:docker-)?compose[\w.-]*|docker-bake[\w.-]*|(?:README|LICEN[CS]E|NOTICE|CHANGELOG|CONTRIBUTING|CODE_OF_CONDUCT|SECURITY|HELP)[\w.-]*|.*\.(?:md|adoc|iml|java|kt|sh|bat|cmd)|docs?|tests?|node_modules|k8s|helm|charts?|system\.properties|lombok\.config|sonar-project\.properties)$/i;

/** Whatever else stands in the folder: settings, certificates, templates, that libraries look for by themselves. */
export function besideSources(view: AppView, workdir: string): readonly string[] {
  const modules = [...(view.project.poms?.keys() ?? [])].map((path) => posix.dirname(path));
  return [...topNames(view, workdir)].flatMap((name) => {
    const path = posix.join(workdir, name);
    const file = NO_DATA.test(name) ? undefined : view.contextFile(path);
    const isModule = modules.some((folder) => folder === file || folder.startsWith(`${file}/`));
    return file !== undefined && !isModule && isThere(view, path) ? [path] : [];
  });
}

/** The names that the folder of the project may have: those of the context itself, and of the folder that was copied there. */
function topNames({ project: { files }, contextFile }: AppView, workdir: string): ReadonlySet<string> {
  const root = contextFile(workdir);
  const start = root === undefined || root === "" ? "" : `${root}/`;
  const names = new Set<string>();
  for (const path of files?.keys() ?? []) {
    names.add(path.split("/", 1)[0] ?? "");
    if (path.startsWith(start)) names.add(path.slice(start.length).split("/", 1)[0] ?? "");
  }
  return names;
}

/** A path as seen from a folder that it lies in, "" for the folder itself; undefined elsewhere. */
export function below(folder: string, path: string): string | undefined {
  if (path === folder) return "";
  const start = folder === "/" ? "/" : `${folder}/`;
  return path.startsWith(start) ? path.slice(start.length) : undefined;
}
