import { lineage } from "../model/image-config";
import { posix } from "../model/paths";
import { isShell } from "../shell/shell-words";
import type { App, AppToolchain, AppView } from "./app";
import { calledAtStart, scriptAt } from "./called-at-start";
import { buildOf, isJavaTool, isPlainWar } from "./java/build";
import { filesOf, movesArchive } from "./java/files";
import { usesOf } from "./java/sources";
import { type JavaStart, readJavaStart } from "./java/start";
import { packagesUsed } from "./java/starts";
import { jdkOf } from "./java/version";
import { waysOf } from "./java/ways";

/**
 * Java, Kotlin and whatever else runs on the JVM: programs that `java` starts, from an archive or a class path. `java/files.ts`
 * tells what they consist of, `java/version.ts` which Java they have, `java/ways.ts` where they fit.
 */
export const java: AppToolchain = {
  id: "java",
  title: "Java",
  app(view) {
    const started = startedBy(view);
    if (started === undefined || typeof started === "string") return started;
    return appOf(view, started);
  },
};

interface Started {
  readonly start: JavaStart | undefined;
  /** Why it needs a shell, or what distroless has not: a sentence. */
  readonly shell: string | undefined;
  /** The programs that a script of the shell calls which starts it. */
  readonly calls?: readonly string[];
}

/** What the stage starts; undefined where that is no Java, a sentence where it cannot move. */
function startedBy(view: AppView): Started | string | undefined {
  const { argv, why } = view.start;
  if (!argv) {
    const by = why === undefined ? undefined : namesJava(view);
    return by === "a shell" ? { start: undefined, shell: `${why} ${BY_ITSELF}` } : by && why;
  }
  const [init = "", ...rest] = argv;
  const name = posix.basename(init);
  if (INITS.has(name)) return behindInit(name, rest);
  const script = argv[scriptAt(argv)];
  if (script !== undefined && name !== "catalina.sh") return behindScript(view, script);
  if (BUILDS_AT_START.has(name))
    return `\`${[name, ...rest].slice(0, 2).join(" ")}\` builds and starts the program each time, and so needs ${name} and the JDK; an archive that a RUN packs (${PACKS[name.replace(/w$/, "")]}) and \`java -jar\` can ship alone.`;
  if (name === "catalina.sh") return CONTAINER;
  if (name !== "java")
    return /\/build\/install\/[^/]+\/bin\/[^/]+$/.test(posix.join(view.workdir ?? "/", init))
      ? { start: undefined, shell: INSTALLED }
      : undefined;
  const start = readJavaStart(argv);
  if (!start) return undefined;
  if (start.main?.endsWith(".java"))
    return `\`java ${start.main}\` compiles the program at each start, and so needs the JDK; \`javac\` in a RUN makes classes that can ship alone.`;
  return { start, shell: undefined };
}

const BY_ITSELF = "Java reads options from JAVA_TOOL_OPTIONS by itself; a slim image has a shell.";
const INITS = new Set(["tini", "dumb-init"]);
const BUILDS_AT_START = new Set(["mvn", "mvnw", "gradle", "gradlew"]);
const PACKS: Readonly<Record<string, string>> = { mvn: "mvn package", gradle: "gradle bootJar" };
const CONTAINER =
  "A war runs in a container of servlets, and no distroless image has one; an executable jar (Spring Boot makes one) can ship alone.";
const INSTALLED =
  "The start script that Gradle makes needs a shell; `java -cp` with the folder lib beside it starts the same program without one.";

function behindScript(view: AppView, script: string): Started | undefined {
  const calls = calledAtStart(view);
  const shell = `${script} is a script of the shell, which distroless has not; a slim image can run it.`;
  return calls?.includes("java") ? { start: undefined, shell, calls } : undefined;
}

function behindInit(init: string, words: readonly string[]): Started | undefined {
  const at = words.indexOf("--");
  const start = posix.basename(words[at + 1] ?? "") === "java" ? readJavaStart(words.slice(at + 1)) : undefined;
  return (
    start && {
      start,
      shell: `${init} starts the program, and distroless has none; Java ends at signals by itself, so \`java\` can be started without it.`,
    }
  );
}

/** Who starts java where its words cannot be told: a shell, or what the base puts before them. */
function namesJava({ stage }: AppView): "a shell" | "itself" | undefined {
  const last = lineage(stage)
    .flatMap(({ instructions }) => instructions)
    .findLast(({ keyword }) => keyword === "ENTRYPOINT" || keyword === "CMD");
  const words = last?.json ? last.json.map(({ text }) => text) : [last?.body ?? ""];
  const named = words.some((word) => /(?:^|[\s;&/])java\s|^java$/.test(word));
  if (!named || words.some((word) => /\.(?:sh|bash)\b/.test(word))) return undefined;
  return last?.json && !isShell(words[0] ?? "") ? "itself" : "a shell";
}

function appOf(view: AppView, { start, shell, calls = [] }: Started): App | string {
  const { workdir } = view;
  if (workdir === undefined) return "The folder in which the program starts is not known; a WORKDIR would say it.";
  const jdk = jdkOf(view);
  if (typeof jdk === "string") return jdk;
  const build = buildOf(view);
  const archive = start?.jar === undefined ? undefined : posix.join(workdir, start.jar);
  if (archive !== undefined && /[*?]/.test(archive))
    return `Nothing expands ${start?.jar} in exec form: java looks for a file of that very name.`;
  if (archive !== undefined && view.holds(archive) === "absent")
    return `The image starts ${archive}, which no step makes.`;
  if (archive !== undefined && isPlainWar(view, build, archive)) return CONTAINER;
  const uses = usesOf(view);
  const files = filesOf(view, start, uses, workdir);
  if (typeof files === "string") return files;
  return {
    build,
    weight: weightOf(build?.program),
    folders: files.folders,
    covered: [
      "/root/.m2",
      "/root/.gradle",
      "/home/gradle/.gradle",
      "/usr/share/maven/ref",
      ...(archive ? [archive] : []),
    ],
    accounted: new Set(view.commands.filter((run) => isJavaTool(run) || movesArchive(run))),
    uses: packagesUsed(uses),
    isBuildVariable: (name) => BUILD_VARIABLE.test(name),
    isOwnPackage: (name) => OWN_PACKAGE.test(name),
    ways: waysOf({ view, start, shell, calls, jdk, uses, files }),
  };
}

/** What Maven, Gradle and the images that have them set, and no program reads. */
const BUILD_VARIABLE = /^(?:MAVEN_\w+|M2_HOME|MVN\w*|GRADLE_\w+|JAVA_HOME|JDK_HOME|JAVA_VERSION|JDK_VERSION)$/;

const OWN_PACKAGE = /^(?:openjdk-?\d|java-[\d.]+-|temurin-\d|default-j(?:dk|re)|maven$|gradle$|ant$)/;

function weightOf(tool: string | undefined): string {
  if (tool === undefined) return "the JDK ships with the program";
  if (/^mvnw?$/.test(tool)) return "Maven, its downloads, the JDK and the sources ship with the program";
  return /^gradlew?$/.test(tool)
    ? "Gradle, its downloads, the JDK and the sources ship with the program"
    : "the JDK and the sources ship with the program";
}
