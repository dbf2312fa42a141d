import type { BuildFile } from "./build-file";

/** Plugins that write to the folder `target` alone, but where they are told a folder. */
const PLUGINS =
  /^(?:maven-(?:clean|compiler|resources|surefire|failsafe|jar|war|shade|assembly|source|javadoc|enforcer|install|deploy|site)-plugin|build-helper-maven-plugin|spring-boot-maven-plugin|jacoco-maven-plugin|kotlin-maven-plugin)$/;
/** Those that Spring's parent gives something to do at every build. */
const GIVEN = /^(?:git-commit-id-maven-plugin|native-maven-plugin)$/;
/** What names a folder or a file, or brings settings that are not in view. Sources are only read. */
const ELSEWHERE =
  /<(?:(?!(?:test)?[sS]ourceDirectory)\w*(?:[dD]irectory|[dD]ir|Folder|File|Path)|jarName|profiles|extensions|extension|systemProperties)[\s>]|>-A/;

/** pom.xml: the folder target, where its plugins are known ones; what it packs is named for the artifact. */
export function readMaven(written: string): BuildFile {
  const text = withoutIdle(without(written, "<!--", "-->"));
  const plugins = all(text, "<plugin>", "</plugin>").map((plugin) => valueOf(own(plugin, PLUGIN_PARTS), "artifactId"));
  const parents = all(text, "<parent>", "</parent>").map((parent) => valueOf(parent, "artifactId"));
  const keeps =
    plugins.every((name) => name !== undefined && PLUGINS.test(name)) &&
    parents.every((name) => name === "spring-boot-starter-parent") &&
    !ELSEWHERE.test(text) &&
    !text.includes("<modules>");
  return { keeps, names: namesOf(text), parts: [] };
}

/** A plugin of others that no phase runs does nothing until it is called by its name (maven.apache.org, Build Lifecycle). */
function withoutIdle(text: string): string {
  const [before = "", ...plugins] = text.split("<plugin>");
  const parts = plugins.map((part) => {
    const end = part.indexOf("</plugin>");
    return end < 0 || isBound(part.slice(0, end)) ? `<plugin>${part}` : part.slice(end + "</plugin>".length);
  });
  return before + parts.join("");
}

function isBound(plugin: string): boolean {
  const name = valueOf(own(plugin, PLUGIN_PARTS), "artifactId") ?? "maven-";
  return (
    PLUGINS.test(name) || GIVEN.test(name) || name.startsWith("maven-") || /<(?:executions|extensions)>/.test(plugin)
  );
}

const PLUGIN_PARTS = ["dependencies", "configuration", "executions"];
const PROJECT_PARTS = [
  "parent",
  "dependencies",
  "dependencyManagement",
  "build",
  "properties",
  "reporting",
  "repositories",
];

function namesOf(text: string): readonly string[] | undefined {
  const project = own(text, PROJECT_PARTS);
  const [artifact, version] = [valueOf(project, "artifactId"), valueOf(project, "version")];
  const given = ["finalName", "warName"].flatMap((tag) =>
    all(text, `<${tag}>`, `</${tag}>`).map((name) => name.trim()),
  );
  const usual = artifact !== undefined && version !== undefined ? `${artifact}-${version}` : undefined;
  const names = usual === undefined ? undefined : [usual, ...given];
  return names?.some((name) => name.includes("${")) ? undefined : names;
}

function valueOf(text: string, name: string): string | undefined {
  return all(text, `<${name}>`, `</${name}>`)[0]?.trim();
}

/** What stands in a text itself, without that of its parts. */
function own(text: string, parts: readonly string[]): string {
  return parts.reduce((left, part) => without(left, `<${part}>`, `</${part}>`), text);
}

function all(text: string, open: string, close: string): readonly string[] {
  const found: string[] = [];
  for (let at = text.indexOf(open); at >= 0; at = text.indexOf(open, at + 1)) {
    const end = text.indexOf(close, at);
    if (end < 0) break;
    found.push(text.slice(at + open.length, end));
    at = end;
  }
  return found;
}

function without(text: string, open: string, close: string): string {
  return text
    .split(open)
    .map((part, at) => (at === 0 ? part : part.includes(close) ? part.slice(part.indexOf(close) + close.length) : ""))
    .join("");
}
