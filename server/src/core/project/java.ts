/** The Java that a build compiles for, as far as its own file says so. */
export interface JavaTarget {
  /** Undefined where the file says nothing that is a plain number: a parent may, or the compiler's own version counts. */
  readonly release: number | undefined;
  /** The compiler surely takes it from there; `java.version` is a parent's to read. */
  readonly sure: boolean;
}

const POM = /<(maven\.compiler\.(?:release|target)|java\.version|release|target)>\s*(?:1\.)?(\d{1,2})\s*<\//g;
const GRADLE =
  /\b((?:target|source)Compatibility|languageVersion|options\.release|jvmTarget|jvmToolchain)\b[^\n\d]{0,60}?(?:1[._])?(\d{1,2})\b/g;

/** Reads pom.xml or build.gradle(.kts). Where it names several, the oldest: what is uncertain is no finding. */
export function readJavaTarget(path: string, text: string): JavaTarget {
  const found = [...text.matchAll(path.endsWith("pom.xml") ? POM : GRADLE)];
  const releases = found.map(([, , number]) => Number(number));
  return {
    release: releases.length > 0 ? Math.min(...releases) : undefined,
    sure: found.some(([, name]) => name !== "java.version"),
  };
}

export function isJavaBuild(path: string): boolean {
  return /(?:^|\/)(?:pom\.xml|build\.gradle(?:\.kts)?)$/.test(path);
}
