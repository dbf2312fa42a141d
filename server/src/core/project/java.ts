import type { Pom } from "./pom";
import { everyOf } from "./xml";

/** The Java that a build compiles for, as far as its own file says so. */
export interface JavaTarget {
  /** Undefined where the file says nothing that is a plain number: a parent may, or the compiler's own version counts. */
  readonly release: number | undefined;
  /** The compiler surely takes it from there; `java.version` is a parent's to read. */
  readonly sure: boolean;
}

const POM = /^(?:maven\.compiler\.(?:release|target)|java\.version|release|target)$/;
const NUMBER = /^(?:1\.)?(\d{1,2})$/;
const GRADLE =
  /\b((?:target|source)Compatibility|languageVersion|options\.release|jvmTarget|jvmToolchain)\b[^\n\d]{0,60}?(?:1[._])?(\d{1,2})\b/g;

/** Of a pom.xml. Where a file names several, the oldest: what is uncertain is no finding. */
export function javaTargetOfPom(pom: Pom): JavaTarget {
  const found = [...everyOf(pom.root)].flatMap(({ name, text }): [string, number][] => {
    const [, number] = (POM.test(name) && NUMBER.exec(text)) || [];
    return number === undefined ? [] : [[name, Number(number)]];
  });
  return oldest(found);
}

/** Of a build.gradle(.kts). */
export function javaTargetOfGradle(text: string): JavaTarget {
  return oldest([...text.matchAll(GRADLE)].map(([, name = "", number]) => [name, Number(number)]));
}

function oldest(found: readonly (readonly [name: string, release: number])[]): JavaTarget {
  return {
    release: found.length > 0 ? Math.min(...found.map(([, release]) => release)) : undefined,
    sure: found.some(([name]) => name !== "java.version"),
  };
}

export function isGradleBuild(path: string): boolean {
  return /(?:^|\/)build\.gradle(?:\.kts)?$/.test(path);
}
