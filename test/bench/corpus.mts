/** The files that are measured on: real Dockerfiles (corpus/, which git ignores), and our own apps with their folders. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { NO_PROJECT, type Project, projectFacts, wantedTexts } from "../../server/src/core";
import { APPS, folderOf } from "../apps/apps";
import { TODAY } from "../kit/fixture";

export interface Measured {
  /** For a table: the file's name in the corpus, or the app's. */
  readonly name: string;
  readonly text: string;
  /** What is known of its folder: of a corpus file nothing. */
  readonly project: Project;
  /** The program's own sources, one behind the other; "" where they are not there. */
  readonly sources: string;
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
      text: texts.get("Dockerfile") ?? "",
      project: { ...projectFacts(sizes, read, parse), today: TODAY },
      sources: [...texts].flatMap(([path, text]) => (path.endsWith(".go") ? text : [])).join("\n"),
    };
  });
}
