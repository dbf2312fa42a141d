import { lineage } from "../../model/image-config";
import type { Stage } from "../../model/model";
import { posix } from "../../model/paths";
import type { Span } from "../../text/span";
import type { RunCommand } from "../../toolchains/toolchain";
import type { FileContext } from "../context";
import { copiesOf } from "../files/copies";
import { traceFile } from "../files/trace";

/** Classes that are newer than the Java that runs them. */
export interface NewerClasses {
  /** The first word of the start. */
  readonly span: Span;
  readonly what: string;
  /** The command that compiles them. */
  readonly built: Span;
  readonly certain: boolean;
}

/** What a stage starts was compiled by a newer Java in another stage. */
export function newerClasses(context: FileContext, stage: Stage): NewerClasses | undefined {
  const start = context.start(stage);
  const there = javaOf(context, stage);
  const path = start?.process && there !== undefined ? startedFile(start.process, stage) : undefined;
  if (!start || there === undefined || path === undefined) return undefined;
  const found = traceFile(context, stage, path, (run, at) => compilesTo(context, run, at));
  if (!found || lineage(stage).includes(found.stage)) return undefined;
  const { release, why } = found.made;
  if (release <= there) return undefined;
  const { start: from } = found.run.programWord.span;
  return {
    span: start.span,
    what: `The classes are compiled for Java ${release} (${why}), and ${stage.base.token?.text ?? "the image"} has Java ${there}.`,
    built: { start: from, end: found.run.args.at(-1)?.word.span.end ?? from },
    certain: found.made.certain && found.sure && found.run.command.always,
  };
}

/** The folder of a Java, and no jar. */
const JAVA = /java|jdk|jre|^\/opt$|^\/usr$|^\/$/i;

/** The Java of an image; undefined where a package may bring another. */
function javaOf(context: FileContext, stage: Stage): number | undefined {
  const image = context.image(stage);
  const version = /^(?:1\.)?(\d{1,2})(?:\.|$)/.exec(image?.languageVersion ?? "")?.[1];
  if (image?.ecosystem !== "java" || version === undefined) return undefined;
  const others = context
    .view(stage)
    .commands.some(({ program, args }) =>
      [program, ...args.map(({ value }) => value)].some((word) => /jdk|jre|java|sdkman/i.test(word ?? "java")),
    );
  const copied = lineage(stage)
    .flatMap((each) => copiesOf(each, context.syntax.escape))
    .some(
      ({ from, target = "java", sources = [] }) =>
        from !== undefined &&
        !(sources.length > 0 && sources.every((path) => /\.[jw]ar$/.test(path))) &&
        [target, ...sources].some((path) => JAVA.test(path)),
    );
  return (others && image.role !== "sdk") || copied ? undefined : Number(version);
}

/** The jar, or the class file in the first folder of the class path, that `java` starts. */
function startedFile(words: readonly string[], stage: Stage): string | undefined {
  const [program = "", ...args] = words;
  const workdir = stage.scope.workdir(stage.instructions.length);
  if (posix.basename(program) !== "java") return undefined;
  const at = (path: string) =>
    workdir === undefined && !path.startsWith("/") ? undefined : posix.join(workdir ?? "/", path);
  let folder = ".";
  for (let next = 0; next < args.length; next++) {
    const word = args[next] ?? "";
    if (word === "-jar") return args[next + 1] === undefined ? undefined : at(args[next + 1] ?? "");
    if (word === "-cp" || word === "-classpath" || word === "--class-path") folder = args[++next] ?? ".";
    else if (word.startsWith("-m") || word.startsWith("--module") || word.startsWith("@")) return undefined;
    else if (!word.startsWith("-"))
      return /[:*]|\.jar$/.test(folder) ? undefined : at(posix.join(folder, `${word.replaceAll(".", "/")}.class`));
  }
  return undefined;
}

interface Compiled {
  readonly release: number;
  readonly why: string;
  readonly certain: boolean;
}

function compilesTo(context: FileContext, run: RunCommand, path: string): Compiled | undefined {
  const built = javaOf(context, run.stage);
  if (built === undefined) return undefined;
  if (run.program === "javac") return path.endsWith(".class") ? plainJavac(run, built) : undefined;
  if (run.program === "jar" && path.endsWith(".jar")) return ofJar(context, run, built);
  return path.endsWith(".jar") ? ofTool(context, run, path, built) : undefined;
}

/** Without a flag that says otherwise, javac makes classes of its own version. */
function plainJavac({ args, lookup }: RunCommand, built: number): Compiled | undefined {
  // javac takes options from there too (docs.oracle.com, The javac Command).
  if (lookup("JDK_JAVAC_OPTIONS") || lookup("JAVA_TOOL_OPTIONS")) return undefined;
  const words = args.map(({ value }) => value);
  const plain = words.every((word) => word !== undefined && !/^(?:-{1,2}(?:release|source|target)\b|@|-J)/.test(word));
  return plain ? { release: built, why: `by javac of Java ${built}`, certain: true } : undefined;
}

/** A jar of what the stage's only javac has compiled. */
function ofJar(context: FileContext, run: RunCommand, built: number): Compiled | undefined {
  const compilers = context.view(run.stage).commands.filter(({ program }) => program === "javac");
  const [only] = compilers;
  return only?.command.always && compilers.length === 1 ? plainJavac(only, built) : undefined;
}

/** What Maven and Gradle compile for stands in their own files; Gradle's default is the Java that runs it. */
function ofTool(context: FileContext, run: RunCommand, path: string, built: number): Compiled | undefined {
  const tool = /^mvnw?$/.test(run.program ?? "")
    ? "pom.xml"
    : /^gradlew?$/.test(run.program ?? "")
      ? "build.gradle"
      : "";
  const output = tool === "pom.xml" ? "target" : "build/libs";
  if (tool === "" || run.folder === undefined || posix.dirname(path) !== posix.join(run.folder, output))
    return undefined;
  // `-D` and `-P` may say otherwise.
  if (run.args.some(({ value }) => value === undefined || /^-[DP].*(?:release|source|target|java)/i.test(value)))
    return undefined;
  const files = [tool, ...(tool === "build.gradle" ? ["build.gradle.kts"] : [])];
  for (const file of files) {
    const origin = context.view(run.stage).origin(posix.join(run.folder, file), run);
    const target = origin.kind === "context" ? context.project.javaTargets?.get(origin.path) : undefined;
    if (!target) continue;
    if (target.release === undefined) return undefined;
    return { release: target.release, why: `${file} says so`, certain: target.sure && !hasMavenConfig(context) };
  }
  return { release: built, why: `built with Java ${built}`, certain: false };
}

/** Options for every run of Maven, which may name another target. */
function hasMavenConfig({ project }: FileContext): boolean {
  return [...(project.files?.keys() ?? [])].some((path) => path.endsWith(".mvn/maven.config"));
}
