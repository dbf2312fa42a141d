import type { BuildFile } from "./build-file";

/** Plugins that write to the folder `build` alone. */
const PLUGINS =
  /^(?:java|java-library|application|base|war|ear|groovy|scala|idea|eclipse|distribution|jacoco|maven-publish|kotlin|org\.jetbrains\.kotlin\.[\w.]+|com\.github\.johnrengelman\.shadow|com\.gradleup\.shadow|com\.google\.protobuf|org\.springframework\.boot|io\.spring\.dependency-management)$/;
/** Tasks of its own, other scripts, and whatever names a folder or a file. */
const STEPS =
  /\b(?:\w*[eE]xec|do(?:First|Last)|task|register|create|creating|registering|[cC]opy|[sS]ync|delete|Zip|Tar|Jar|buildscript|from\s*:|apply\s*\(|layout|into|ant|ext|extra|eval|evaluate|(?!isDirectory\b)\w*(?:Dir|Directory|DirName|Folder|Output)|[fF]ile|write\w*|mkdir\w*|rename\w*|GradleBuild|Runtime)\b/;
/** Plugins that are taken otherwise, and options of a compiler's helpers, which may name files. */
const OTHER_WAYS = /\bapply\b(?!\s+plugin\s*:)|\bplugins\b|["']-A[\w.]+=/;
/** The archives' names, where they are told. */
const NAMING = /\b(?:archive\w*Name|archivesBaseName|archivesName|baseName|archiveName)\b/g;
const NAMED =
  /\b(?:archive\w*Name|archivesBaseName|archivesName|baseName|archiveName)(?:\.set\(|\s*=\s*|\s+)["']([^"'$]+)["']/g;

/** build.gradle, in Groovy or Kotlin: the folder build, where it takes known plugins and has no task of its own. */
export function readGradle(written: string): BuildFile {
  const text = withoutComments(written).replace(/\$\{\w*\}/g, "$");
  const start = /^[ \t]*plugins\s*\{/m.exec(text);
  const open = start ? start.index + start[0].length : 0;
  const end = start ? Math.max(text.indexOf("}", open), open) : 0;
  const [block, rest] = [text.slice(open, end), text.slice(0, start?.index ?? 0) + text.slice(end)];
  const plugins = block.split(/[\n;]/).flatMap((line) => pluginOf(line.trim()));
  const applied = [...rest.matchAll(/\bapply\s+plugin\s*:\s*(\S*)/g)].map(([, word = ""]) => word.replace(/["']/g, ""));
  const keeps =
    [...plugins, ...applied].every((plugin) => PLUGINS.test(plugin)) && !STEPS.test(rest) && !OTHER_WAYS.test(rest);
  const named = [...rest.matchAll(NAMED)].map(([, name = ""]) => name.replace(/\.(?:jar|war|ear|zip|tar)$/, ""));
  const told = [...rest.matchAll(NAMING)].length;
  return { keeps, names: told === named.length ? named : undefined, parts: [] };
}

/** `id("x") version "1"`, `kotlin("jvm")`, `java`, or one in backquotes; "?" for what is none of these. */
function pluginOf(line: string): readonly string[] {
  if (line === "") return [];
  const [, called, id] = /^(?:alias|id|(kotlin))\s*\(?\s*["']([\w.-]+)["']/.exec(line) ?? [];
  if (id !== undefined) return [called === "kotlin" ? `org.jetbrains.kotlin.${id}` : id];
  return [/^`?([\w-]+)`?$/.exec(line)?.[1] ?? "?"];
}

/** Plugins of settings that write nothing into the project: a finder of toolchains, and reports that are sent. */
const SETTINGS_PLUGINS = /^(?:org\.gradle\.toolchains\.foojay-resolver[\w-]*|com\.gradle\.(?:develocity|enterprise))$/;

/** settings.gradle: the name of the project and its parts. */
export function readGradleSettings(written: string): BuildFile {
  const text = withoutComments(written);
  const plugins = [...text.matchAll(/\bid\b[\s(]*["']?([\w.-]*)/g)].map(([, id = ""]) => id);
  const names = [...text.matchAll(/\brootProject\.name\s*=\s*["']([^"'$]+)["']/g)].map(([, name = ""]) => name);
  const parts = [...text.matchAll(/\binclude\b[\s(]*((?:["'][\w:.-]+["'][\s,]*)+)/g)].flatMap(([, list = ""]) =>
    list.split(",").map(
      (part) =>
        part
          .replace(/[\s"'():]+/g, (found) => (found.includes(":") ? ":" : ""))
          .split(":")
          .pop() ?? "",
    ),
  );
  const told = [...text.matchAll(/\binclude\b/g)].length === [...text.matchAll(/\binclude\b[\s(]*["']/g)].length;
  return {
    keeps:
      plugins.every((id) => SETTINGS_PLUGINS.test(id)) &&
      !/includeBuild|apply|\bproject\s*\(|buildCache|settingsEvaluated|gradle\./.test(text) &&
      told,
    names,
    parts,
  };
}

/** gradle.properties may set any property of the project. */
export function readGradleProperties(text: string): BuildFile {
  return {
    keeps: !/^[ \t]*(?:\w*(?:[dD]ir|Name)|org\.gradle\.projectcachedir)\s*[=:]/m.test(text),
    names: [],
    parts: [],
  };
}

/** Lines that are comments: a sign within a line may be one of a pattern. */
function withoutComments(text: string): string {
  return text.replace(/^[ \t]*(?:\/\/|\/\*|\*).*$/gm, "");
}
