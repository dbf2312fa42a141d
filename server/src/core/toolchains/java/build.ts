import { posix } from "../../model/paths";
import type { Pom, PomPlugin } from "../../project/pom";
import { everyOf } from "../../project/xml";
import type { AppView } from "../app";
import type { RunCommand } from "../toolchain";

/** Commands that make classes or archives of sources. */
const BUILDERS = new Set(["mvn", "mvnw", "gradle", "gradlew", "javac", "kotlinc", "jar", "sbt", "lein", "ant"]);
/** Words with which they do: phases and goals of Maven, tasks of Gradle and their like. */
const PACKS =
  /^(?:(?:\S*:)?(?:package|verify|install|deploy|compile|single|repackage|shade|build|assemble|jar|\w*[jJ]ar|installDist|distTar|distZip|classes|assembly|stage))$/;

/** The commands that belong to a tool of Java: whatever they make for the program is in the project, the rest are its caches. */
export function isJavaTool({ program = "" }: RunCommand): boolean {
  return BUILDERS.has(program);
}

/** The command that packs or compiles the program: the last one that surely runs. */
export function buildOf({ commands }: AppView): RunCommand | undefined {
  return commands.findLast(
    (run) =>
      isJavaTool(run) &&
      (/^(?:javac|kotlinc|jar)$/.test(run.program ?? "") || run.values.some((value) => PACKS.test(value ?? ""))),
  );
}

/** What surely is all of an archive's program. */
export type Companions =
  /** The archive alone. */
  | { readonly kind: "none" }
  /** Libraries in these folders beside it, absolute. */
  | { readonly kind: "folders"; readonly folders: readonly string[] }
  /** That cannot be told. */
  | { readonly kind: "unknown" };

/** What has to be beside an archive that a build has made, as its pom.xml says. */
export function companionsOf(view: AppView, build: RunCommand, archive: string): Companions {
  if (/\bquarkus-app\//.test(archive)) return { kind: "folders", folders: [posix.dirname(archive)] };
  const module = moduleOf(build, archive);
  const lineage = pomsOf(view, build, archive);
  if (module === undefined || !lineage) return { kind: "unknown" };
  if (isWhole(lineage, archive)) return { kind: "none" };
  const folders = lineage.flatMap(({ plugins }) => plugins.flatMap((plugin) => librariesOf(plugin, module)));
  if (folders.includes(undefined)) return { kind: "unknown" };
  const known = folders.filter((folder) => folder !== undefined);
  if (known.length > 0) return { kind: "folders", folders: [...new Set(known)] };
  return lineage.every(({ dependencies }) => dependencies.length === 0) ? { kind: "none" } : { kind: "unknown" };
}

/** The module that an archive is made by: the folder above `target`, or that of the build where it was moved. */
function moduleOf({ program = "", folder }: RunCommand, archive: string): string | undefined {
  if (!/^mvnw?$/.test(program)) return undefined;
  const at = archive.lastIndexOf("/target/");
  return at < 0 ? folder : archive.slice(0, at) || "/";
}

const SPRING = "spring-boot-starter-parent";

/** The pom.xml that an archive is made by, with its parents; undefined where one was not seen, and may bring plugins and libraries. */
function pomsOf(view: AppView, build: RunCommand | undefined, archive: string): readonly Pom[] | undefined {
  const module = build && moduleOf(build, archive);
  let path = module === undefined ? undefined : view.contextFile(posix.join(module, "pom.xml"));
  const found: Pom[] = [];
  while (path !== undefined && found.length < MAX_PARENTS) {
    const pom = view.project.poms?.get(path);
    const wanted = found.at(-1)?.parent?.artifact;
    if (!pom || (wanted !== undefined && pom.artifact !== wanted)) return undefined;
    found.push(pom);
    if (!pom.parent || pom.parent.artifact === SPRING) return found;
    path = pom.parent.path === "" ? undefined : posix.join(posix.dirname(path), pom.parent.path);
  }
  return undefined;
}

const MAX_PARENTS = 10;

/** The archive has its libraries in it: of Spring Boot, of the shade plugin, or of the assembly plugin by its name. */
function isWhole(lineage: readonly Pom[], archive: string): boolean {
  if (/-(?:jar-with-dependencies|shaded|all|fat|uber|exec)\.jar$/.test(archive)) return true;
  const isSpring = lineage.some(({ parent }) => parent?.artifact === SPRING);
  const plugins = lineage.flatMap((each) => each.plugins);
  return plugins.some(
    (plugin) =>
      (plugin.artifact === "spring-boot-maven-plugin" &&
        (isSpring || runs(plugin, "repackage")) &&
        !attaches(plugin)) ||
      (plugin.artifact === "maven-shade-plugin" && runs(plugin, "shade") && !attaches(plugin)),
  );
}

function runs({ element }: PomPlugin, goal: string): boolean {
  return [...everyOf(element)].some(({ name, text }) => name === "goal" && text === goal);
}

/** The whole archive stands beside the plain one, under another name, or is not made. */
function attaches({ element }: PomPlugin): boolean {
  return [...everyOf(element)].some(
    ({ name, text }) =>
      /^(?:shadedArtifactAttached|outputFile|finalName|classifier|skip)$/.test(name) && text !== "false",
  );
}

/** Where a plugin of dependencies puts libraries; none for other plugins, undefined where it cannot be told. */
function librariesOf(plugin: PomPlugin, module: string): readonly (string | undefined)[] {
  if (plugin.artifact !== "maven-dependency-plugin" || !runs(plugin, "copy-dependencies")) return [];
  const written = [...everyOf(plugin.element)].flatMap(({ name, text }) => (name === "outputDirectory" ? [text] : []));
  return (written.length > 0 ? written : ["${project.build.directory}/dependency"]).map((path) => {
    const clear = path
      .replace(/^\$\{(?:project\.)?build\.directory\}/, "target")
      .replace(/^\$\{(?:project\.)?basedir\}\//, "");
    return clear.includes("$") ? undefined : posix.join(module, clear);
  });
}

/** Web archives want a container of servlets around them, but for those of Spring Boot. */
export function isPlainWar(view: AppView, build: RunCommand | undefined, archive: string): boolean {
  const poms = archive.endsWith(".war") ? pomsOf(view, build, archive) : undefined;
  return (
    poms !== undefined &&
    !poms.some(({ plugins }) => plugins.some(({ artifact }) => artifact.startsWith("spring-boot-")))
  );
}

/** The number of libraries that the poms of an archive name; undefined where not all were seen. */
export function dependenciesOf(view: AppView, build: RunCommand | undefined, archive: string): number | undefined {
  return pomsOf(view, build, archive)?.reduce((sum, { dependencies }) => sum + dependencies.length, 0);
}
