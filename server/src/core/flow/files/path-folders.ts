import { expandWord } from "../../model/expand";
import { lineage } from "../../model/image-config";
import { lookupAt, type Model, type Stage } from "../../model/model";
import { posix } from "../../model/paths";
import { properties } from "../../syntax/ast";

/** Folders of PATH that the bases of a final stage look into, in their order. */
export const DEFAULT_PATH: readonly string[] = [
  "/usr/local/sbin",
  "/usr/local/bin",
  "/usr/sbin",
  "/usr/bin",
  "/sbin",
  "/bin",
];

/** PATH of a stage: the folders that it surely has, in their order, and whether those are all. */
export interface SearchPath {
  readonly folders: readonly string[];
  readonly complete: boolean;
}

/**
 * PATH at the end of a stage. `base` are the folders that its base has in front of the usual ones; where they are not
 * known, the usual ones are taken. A part that a variable hides is left out.
 */
export function searchPath(model: Model, stage: Stage, base: readonly string[] | undefined): SearchPath {
  let path: SearchPath = { folders: [...(base ?? []), ...DEFAULT_PATH], complete: base !== undefined };
  for (const each of lineage(stage)) {
    each.instructions.forEach((instruction, at) => {
      if (instruction.keyword !== "ENV") return;
      for (const { name, value } of properties(instruction.reading))
        if (name.text === "PATH") path = expandFolders(value?.text ?? "", path, each, at, model);
    });
  }
  return path;
}

function expandFolders(raw: string, before: SearchPath, stage: Stage, at: number, model: Model): SearchPath {
  const known = lookupAt(stage, at);
  const lookup = (name: string) => (name === "PATH" ? before.folders.join(":") : known(name));
  const expand = (word: string) => expandWord(word, lookup, model.syntax.escape)?.split(":");
  const whole = expand(raw);
  const parts = raw.replace(/["']/g, "").split(":");
  const folders = (whole ?? parts.flatMap((part) => expand(part) ?? [])).filter((folder) => folder.startsWith("/"));
  // A PATH without the old one in it does not need that.
  const complete = whole !== undefined && (before.complete || !/\$\{?PATH\b/.test(raw));
  return { folders, complete };
}

/**
 * Where the artifact of a build has to stand so that the program's first word finds it: at its own path, or, where the
 * word has no slash and `path` (the PATH of the old stage) leads to it, in a folder of the final image's PATH.
 * Undefined where the word means another file.
 */
export function programPath(
  word: string,
  workdir: string,
  artifact: string,
  path: readonly string[],
): string | undefined {
  if (word.includes("/")) return posix.join(workdir, word) === artifact ? artifact : undefined;
  const folder = posix.dirname(artifact);
  if (word !== posix.basename(artifact) || !path.includes(folder)) return undefined;
  return DEFAULT_PATH.includes(folder) ? artifact : `/usr/local/bin/${word}`;
}
