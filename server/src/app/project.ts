import { builderFacts, NO_PROJECT, type Project, projectFacts, TARGET_FILES, wantedTexts } from "../core";
import type { ProjectReader } from "../ports";
import { parsersOf } from "./parsers";

/**
 * What the facts are for: `sizes` counts what COPY brings and sees who may read it, so the folder is listed in any case;
 * a rewrite wants that too.
 */
export type Purpose = "findings" | "sizes";

/** The facts that the analysis of a Dockerfile can use: those of its folder, and the day. */
export async function gatherProject(
  text: string,
  reader: ProjectReader | undefined,
  purpose: Purpose,
  now: Date = new Date(),
): Promise<Project> {
  return { ...(await gatherFolder(text, reader, purpose)), today: now.toISOString().slice(0, 10) };
}

/**
 * The facts of the folder that the analysis of a Dockerfile can use. The folder is not touched where there are none: it may
 * hold a hundred thousand files.
 */
async function gatherFolder(text: string, reader: ProjectReader | undefined, purpose: Purpose): Promise<Project> {
  const wanted = wantedFacts(text, purpose);
  if (!reader || wanted === "nothing") return NO_PROJECT;
  const builds = wanted === "sources";
  const files = wanted === "targets" ? undefined : await reader.files(purpose === "sizes");
  const paths = files?.map(({ path }) => path) ?? [];
  const isContext = files !== undefined && (builds ? holdsSources(text, paths) : holdsScripts(text, paths, purpose));
  const texts = await readTexts(reader, isContext ? wantedTexts(paths, builds) : TARGET_FILES);
  const parsers = await parsersOf(texts.keys());
  const own = reader.dockerfile === undefined ? {} : { dockerfile: reader.dockerfile };
  if (!isContext) return { ...NO_PROJECT, ...builderFacts(texts, parsers.yaml), ...own };
  const sizes = new Map(files.map(({ path, bytes }) => [path, bytes]));
  const facts = { ...projectFacts(sizes, texts, parsers), ...own };
  if (purpose !== "sizes") return facts;
  return { ...facts, privateFiles: new Set(files.flatMap(({ path, isPrivate }) => (isPrivate ? [path] : []))) };
}

async function readTexts(reader: ProjectReader, paths: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>();
  for (const path of paths) {
    const content = await reader.read(path);
    if (content !== undefined) texts.set(path, content);
  }
  return texts;
}

/** The commands that build, by the files that each of them builds from. */
const BUILDS: readonly (readonly [command: RegExp, sources: RegExp])[] = [
  [/\bgo\s+(?:build|install)\b/, /(?<!_test)\.go$/],
  [/\bc?make\b/, /(?<!_test)\.go$|\.(?:c|cc|cpp|cxx)$/],
  [/\bcargo\s+(?:build|install)\b/, /(?:^|\/)Cargo\.toml$/],
  [/\b(?:g?cc|[gc]\+\+|clang)\s/, /\.(?:c|cc|cpp|cxx)$/],
  [/\b(?:javac|mvnw?|gradlew?)\s/, /\.java$|(?:^|\/)(?:pom\.xml|build\.gradle(?:\.kts)?)$/],
  [
    /\bpip[\d.]*\s+install\b|site-packages|\bpython[\d.]*[\s:"']|\b(?:uv|poetry|pipenv)\s+(?:sync|install|run)\b/,
    /\.py$/,
  ],
  [/\b(?:npm\s+(?:ci|i|install)|(?:yarn|pnpm)\s+install)\b/, /(?:^|\/)package\.json$/],
  [/^[ \t]*from\s+(?:\S+\/)?node(?::|\s)/im, /\.[cm]?[jt]s$|(?:^|\/)package\.json$/],
];

/**
 * A folder without any source of what is built is not the context that the author builds in. Of several tools one may only
 * be installed, or build for another: `apt-get install gcc`.
 */
function holdsSources(text: string, paths: readonly string[]): boolean {
  return BUILDS.some(([command, sources]) => command.test(text) && paths.some((path) => sources.test(path)));
}

/** A start that names a script. */
const STARTS_SCRIPT = /^[ \t]*(?:cmd|entrypoint)\s[^\n]*?([\w.-]+\.(?:sh|bash)|[\w-]*entrypoint[\w-]*)(?=["'\s]|$)/gim;

/** Nor is one without the scripts that the image starts, where it was listed for their sake. */
function holdsScripts(text: string, paths: readonly string[], purpose: Purpose): boolean {
  if (purpose === "sizes") return true;
  const names = new Set(paths.map((path) => path.slice(path.lastIndexOf("/") + 1)));
  return [...text.matchAll(STARTS_SCRIPT)].every(([, name = ""]) => names.has(name));
}

/**
 * What of its folder a text asks for: as long as the answer stays the same, gathering again for another text would give
 * the same facts.
 */
export function wantedFacts(text: string, purpose: Purpose): "nothing" | "targets" | "files" | "sources" {
  // Not `\s*`: it would run over line ends, and a file of blank lines would take a time of their number squared.
  const copies = /^[ \t]*(?:copy|add)\s/im.test(text);
  if (copies && BUILDS.some(([command]) => command.test(text))) return "sources";
  if (purpose === "sizes" && (copies || hasNames(text))) return "files";
  if (copies && text.search(STARTS_SCRIPT) >= 0) return "files";
  // Of several stages any may be asked for.
  return (text.match(/^[ \t]*from\s/gim)?.length ?? 0) > 1 ? "targets" : "nothing";
}

/** Files beside it may name its stages and set its ARGs, which then keep their names. */
function hasNames(text: string): boolean {
  return /^[ \t]*(?:arg|from[^\n]*\sas)\s/im.test(text);
}
