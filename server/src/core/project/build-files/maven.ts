import type { Pom } from "../pom";
import { type Element, everyOf, textAt } from "../xml";
import type { BuildFile } from "./build-file";

/** Plugins that write to the folder `target` alone, but where they are told a folder. */
const PLUGINS =
  /^(?:maven-(?:clean|compiler|resources|surefire|failsafe|jar|war|shade|assembly|source|javadoc|enforcer|install|deploy|site)-plugin|build-helper-maven-plugin|spring-boot-maven-plugin|jacoco-maven-plugin|kotlin-maven-plugin)$/;
/** Those that Spring's parent gives something to do at every build. */
const GIVEN = /^(?:git-commit-id-maven-plugin|native-maven-plugin)$/;
/** What names a folder or a file, or brings settings that are not in view. Sources are only read. */
const ELSEWHERE =
  /^(?:(?!(?:test)?[sS]ourceDirectory)\w*(?:[dD]irectory|[dD]ir|Folder|File|Path)|jarName|profiles|extensions|extension|systemProperties)$/;

/** pom.xml: the folder target, where its plugins are known ones; what it packs is named for the artifact. */
export function readMaven(pom: Pom | undefined): BuildFile {
  if (!pom) return { keeps: false, names: undefined, parts: [] };
  const elements = [...busy(pom.root)];
  const named = (name: string) => elements.filter((each) => each.name === name);
  const keeps =
    named("plugin").every((plugin) => PLUGINS.test(textAt(plugin, "artifactId") ?? "")) &&
    named("parent").every((parent) => textAt(parent, "artifactId") === "spring-boot-starter-parent") &&
    !elements.some(namesFolder) &&
    pom.modules.length === 0;
  return { keeps, names: namesOf(pom, [...named("finalName"), ...named("warName")]), parts: [] };
}

/** A plugin of others that no phase runs does nothing until it is called by its name (maven.apache.org, Build Lifecycle). */
function* busy(element: Element): Generator<Element> {
  if (element.name === "plugin" && !isBound(element)) return;
  yield element;
  for (const each of element.children) yield* busy(each);
}

function isBound(plugin: Element): boolean {
  const name = textAt(plugin, "artifactId") ?? "maven-";
  const runs = [...everyOf(plugin)].some((each) => each.name === "executions" || each.name === "extensions");
  return runs || PLUGINS.test(name) || GIVEN.test(name) || name.startsWith("maven-");
}

function namesFolder({ name, text, children }: Element): boolean {
  return (ELSEWHERE.test(name) && (text !== "" || children.length > 0)) || text.startsWith("-A");
}

function namesOf({ artifact, version }: Pom, given: readonly Element[]): readonly string[] | undefined {
  if (artifact === undefined || version === undefined) return undefined;
  const names = [`${artifact}-${version}`, ...given.map(({ text }) => text)];
  return names.some((name) => name.includes("${")) ? undefined : names;
}
