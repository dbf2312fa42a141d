import type { Parse } from "./parsers";
import { childOf, type Element, listOf, readXml, textAt } from "./xml";

/** What a pom.xml says of the archive that a build by it makes (maven.apache.org, POM Reference). Values are as written. */
export interface Pom {
  readonly root: Element;
  readonly artifact: string | undefined;
  /** Undefined where the parent says it. */
  readonly version: string | undefined;
  readonly packaging: string;
  /** The name of the archive without its end, where it is not the usual one. */
  readonly finalName: string | undefined;
  readonly parent: PomParent | undefined;
  readonly properties: ReadonlyMap<string, string>;
  readonly modules: readonly string[];
  /** Those that the build runs, and those whose settings it may take from `pluginManagement`. */
  readonly plugins: readonly PomPlugin[];
  readonly managed: readonly PomPlugin[];
  /** What it is run with: neither tests nor what its container provides. */
  readonly dependencies: readonly PomDependency[];
}

export interface PomParent {
  readonly artifact: string;
  readonly version: string | undefined;
  /** Where it may stand beside this one: `../pom.xml`; "" where it surely comes from a repository. */
  readonly path: string;
}

export interface PomPlugin {
  readonly artifact: string;
  readonly element: Element;
}

export interface PomDependency {
  readonly group: string;
  readonly artifact: string;
}

/** Reads a pom.xml; undefined where it is none. */
export function readPom(text: string, parse: Parse): Pom | undefined {
  const root = readXml(text, parse);
  if (root?.name !== "project") return undefined;
  const build = childOf(root, "build");
  return {
    root,
    artifact: textAt(root, "artifactId"),
    version: textAt(root, "version"),
    packaging: textAt(root, "packaging") ?? "jar",
    finalName: textAt(build, "finalName"),
    parent: parentOf(root),
    properties: new Map(childOf(root, "properties")?.children.map(({ name, text: value }) => [name, value])),
    modules: listOf(root, ["modules"], "module").map((each) => each.text),
    plugins: pluginsOf(listOf(build, ["plugins"], "plugin")),
    managed: pluginsOf(listOf(build, ["pluginManagement", "plugins"], "plugin")),
    dependencies: listOf(root, ["dependencies"], "dependency").flatMap(dependencyOf),
  };
}

export function isPom(path: string): boolean {
  return path === "pom.xml" || path.endsWith("/pom.xml");
}

function parentOf(root: Element): PomParent | undefined {
  const parent = childOf(root, "parent");
  if (!parent) return undefined;
  const written = childOf(parent, "relativePath");
  const path = written === undefined ? "../pom.xml" : written.text;
  return {
    artifact: textAt(parent, "artifactId") ?? "",
    version: textAt(parent, "version"),
    path: path === "" || path.endsWith(".xml") ? path : `${path}/pom.xml`,
  };
}

function pluginsOf(elements: readonly Element[]): readonly PomPlugin[] {
  return elements.map((element) => ({ artifact: textAt(element, "artifactId") ?? "", element }));
}

const NOT_RUN = new Set(["test", "provided", "import"]);

function dependencyOf(element: Element): readonly PomDependency[] {
  const artifact = textAt(element, "artifactId");
  const aside = NOT_RUN.has(textAt(element, "scope") ?? "") || textAt(element, "type") === "test-jar";
  return aside || artifact === undefined ? [] : [{ group: textAt(element, "groupId") ?? "", artifact }];
}
