import { NO_PROJECT, type Project, readGoModule, readGoSource } from "../core";
import type { ProjectReader } from "../ports";

/** More sources than this are not read: the program is then treated as unseen. */
const MAX_SOURCES = 2_000;

/** What the facts are for: `sizes` counts what COPY brings, so the folder is listed in any case. */
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
  const files = await reader.files(purpose === "sizes");
  if (!files) return NO_PROJECT;
  const paths = files.map(({ path }) => path);
  const sources = paths.filter((path) => path.endsWith(".go") && !path.endsWith("_test.go"));
  // A folder without any source of what is built is not the context that the author builds in.
  if (builds && sources.length === 0) return NO_PROJECT;
  return {
    files: new Map(files.map(({ path, bytes }) => [path, bytes])),
    goModules: await readAll(
      reader,
      paths.filter((path) => /(?:^|\/)go\.mod$/.test(path)),
      readGoModule,
      folderOf,
    ),
    goSources: sources.length > MAX_SOURCES ? new Map() : await readAll(reader, sources, readGoSource, (path) => path),
  };
}

/**
 * What of its folder a text asks for: as long as the answer stays the same, gathering again for another text would give
 * the same facts.
 */
export function wantedFacts(text: string, purpose: Purpose): "nothing" | "files" | "sources" {
  // Not `\s*`: it would run over line ends, and a file of blank lines would take a time of their number squared.
  if (!/^[ \t]*(?:copy|add)\s/im.test(text)) return "nothing";
  if (/\bgo\s+(?:build|install)\b/.test(text)) return "sources";
  return purpose === "sizes" ? "files" : "nothing";
}

async function readAll<T>(
  reader: ProjectReader,
  paths: readonly string[],
  parse: (text: string) => T | undefined,
  keyOf: (path: string) => string,
): Promise<ReadonlyMap<string, T>> {
  const facts = new Map<string, T>();
  for (const path of paths) {
    const text = await reader.read(path);
    const fact = text === undefined ? undefined : parse(text);
    if (fact !== undefined) facts.set(keyOf(path), fact);
  }
  return facts;
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf("/"), 0));
}
