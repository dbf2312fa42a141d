import { isGradleBuild, javaTargetOfGradle, javaTargetOfPom } from "./java";
import { isJavaResource, isJavaSource, readJavaResource, readJavaSource } from "./java-source";
import type { Parsers } from "./parsers";
import { isPom, readPom } from "./pom";
import type { Project } from "./project";

/** More sources than this are not read: what they hold is then taken as unseen. */
const MAX_SOURCES = 1_000;

/** The files of Java and its like that tell facts. */
export function javaTexts(paths: readonly string[]): readonly string[] {
  const sources = paths.filter((path) => isJavaSource(path) || isJavaResource(path));
  const others = paths.filter((path) => isPom(path) || isGradleBuild(path));
  return [...(sources.length <= MAX_SOURCES ? sources : []), ...others];
}

/** What those texts tell. */
export function javaFacts(
  files: ReadonlyMap<string, number>,
  texts: ReadonlyMap<string, string>,
  { xml }: Parsers,
): Pick<Project, "poms" | "javaSources" | "javaTargets"> {
  const read = <T>(wanted: (path: string) => boolean, make: (text: string) => T | undefined) =>
    [...texts].flatMap(([path, text]): [string, T][] => {
      const fact = files.has(path) && wanted(path) ? make(text) : undefined;
      return fact === undefined ? [] : [[path, fact]];
    });
  const poms = read(isPom, (text) => readPom(text, xml));
  return {
    poms: new Map(poms),
    javaSources: new Map([...read(isJavaSource, readJavaSource), ...read(isJavaResource, readJavaResource)]),
    javaTargets: new Map([
      ...read(isGradleBuild, javaTargetOfGradle),
      ...poms.map(([path, pom]) => [path, javaTargetOfPom(pom)] as const),
    ]),
  };
}
