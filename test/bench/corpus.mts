/** The files that are measured on: real Dockerfiles (corpus/, which git ignores), and our own apps with their folders. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { Analysis, NO_PROJECT, type Project, projectFacts, wantedTexts } from "../../server/src/core";
import { copiesOf } from "../../server/src/core/flow/files/copies";
import { projectReader } from "../../server/src/host/project/reader";
import { APPS, contextOf as folderOf } from "../apps/apps.mts";
import { TODAY } from "../kit/fixture";
import { PARSERS } from "../kit/parsers";
import type { Folder } from "./planters/planter";

export interface Measured {
  /** For a table: the file's name in the corpus, or the app's. */
  readonly name: string;
  readonly text: string;
  /** What is known of its folder: of a corpus file nothing. */
  readonly project: Project;
  /** The program's own sources, one behind the other; "" where they are not there. */
  readonly sources: string;
  /** Its files; undefined where the folder is not there. */
  readonly folder?: Folder;
}

const FOLDER = "corpus";

/** All files of the corpus, in order of their names; undefined where the folder is missing. */
export function corpusFiles(): readonly Measured[] | undefined {
  if (!existsSync(FOLDER)) return undefined;
  return readdirSync(FOLDER)
    .sort()
    .map((name) => ({
      name,
      text: readFileSync(join(FOLDER, name), "utf8"),
      project: { ...NO_PROJECT, today: TODAY },
      sources: "",
    }));
}

/**
 * The same with what is known of their folders: `folders` has checkouts of the repositories as OWNER+NAME, and an
 * index.json that names for each file its repository and its path there. A file without a checkout stays as it is.
 */
export async function corpusInFolders(folders: string): Promise<readonly Measured[] | undefined> {
  const index: readonly { file: string; repo: string; path: string }[] = JSON.parse(
    readFileSync(join(folders, "index.json"), "utf8"),
  );
  const rows = new Map(index.map((row) => [row.file, row]));
  const files = corpusFiles()?.map(async (file) => {
    const row = rows.get(file.name);
    const root = join(folders, (row?.repo ?? "").replace("/", "+"));
    const path = join(root, row?.path ?? "");
    if (!row || !existsSync(path)) return file;
    return { ...file, ...(await factsOf(contextOf(file.text, path, root), path)) };
  });
  return files && Promise.all(files);
}

async function factsOf(context: string, dockerfile: string): Promise<Pick<Measured, "project" | "folder">> {
  const reader = projectReader(context, dockerfile);
  const sizes = new Map((await reader.files(false))?.map(({ path, bytes }) => [path, bytes]));
  const texts = new Map<string, string>();
  for (const path of wantedTexts([...sizes.keys()], true)) {
    const text = await reader.read(path);
    if (text !== undefined) texts.set(path, text);
  }
  return folderFacts(sizes, texts);
}

function folderFacts(
  sizes: ReadonlyMap<string, number>,
  texts: ReadonlyMap<string, string>,
): Pick<Measured, "project" | "folder"> {
  const facts = (all: ReadonlyMap<string, string>) => ({ ...projectFacts(sizes, all, PARSERS), today: TODAY });
  return { project: facts(texts), folder: { texts, with: (path, text) => facts(new Map([...texts, [path, text]])) } };
}

/**
 * A build's context is the Dockerfile's folder, where it has more than Dockerfiles, or the first above it that has what the
 * file copies and mounts; of a file that takes all of it, the one whose own Makefile or bake file builds that Dockerfile.
 */
function contextOf(text: string, path: string, root: string): string {
  const { model, syntax } = new Analysis(text).context;
  const copied = model.stages
    .flatMap((stage) => copiesOf(stage, syntax.escape))
    .flatMap((copy) => (copy.from === undefined ? (copy.sources ?? []) : []));
  const mounted = [...text.matchAll(/--mount=(\S+)/g)].flatMap(([, options = ""]) =>
    /(?:^|,)from=|type=(?!bind)/.test(options) ? [] : (/(?:^|,)(?:source|src)=([^,]+)/.exec(options)?.[1] ?? "."),
  );
  const named = [...copied, ...mounted].filter((source) => !/[*?[$]|:/.test(source));
  const folders: string[] = [];
  for (let folder = dirname(path); folder.startsWith(root); folder = dirname(folder)) folders.push(folder);
  const fitting = folders.filter(
    (folder) => holdsMore(folder) && named.every((source) => existsSync(join(folder, source))),
  );
  const whole = named.some((source) => /^(?:\.\/?|\/)$/.test(source));
  const building = whole ? fitting.find((folder) => folder !== dirname(path) && builds(folder, path)) : undefined;
  return building ?? fitting[0] ?? dirname(path);
}

/** A Makefile or a bake file of the folder names the Dockerfile, and the folder as the context: `-f deploy/Dockerfile .`. */
function builds(folder: string, dockerfile: string): boolean {
  const path = relative(folder, dockerfile).replaceAll("\\", "/");
  const texts = readdirSync(folder)
    .filter((name) => /^(?:Makefile|docker-bake.*\.hcl)$/.test(name))
    .map((name) => readFileSync(join(folder, name), "utf8").replace(/\\\n/g, " "));
  const lines = texts.flatMap((text) => text.split("\n")).filter((line) => line.includes(path));
  return lines.some((line) => /^\s*dockerfile\s*=/.test(line) || /\s\.\s*$/.test(line));
}

function holdsMore(folder: string): boolean {
  return readdirSync(folder).some((name) => !/^(?:.*dockerfile.*|README.*|\.dockerignore)$/i.test(name));
}

/** The Dockerfiles of test/apps, each with the facts of its folder. */
export function appFiles(): readonly Measured[] {
  return APPS.map((app) => {
    const folder = folderOf(app);
    const texts = new Map(
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
        .map((path) => [path.slice(folder.length + 1).replaceAll("\\", "/"), readFileSync(path, "utf8")] as const),
    );
    const sizes = new Map([...texts].map(([path, text]) => [path, text.length]));
    const wanted = new Set(wantedTexts([...texts.keys()], true));
    const read = new Map([...texts].filter(([path]) => wanted.has(path)));
    return {
      name: `apps/${app.name}`,
      text: texts.get(app.dockerfile ?? "Dockerfile") ?? "",
      ...folderFacts(sizes, read),
      sources: [...texts].flatMap(([path, text]) => (path.endsWith(".go") ? text : [])).join("\n"),
    };
  });
}
