import { expandWord } from "../model/expand";
import { lineage } from "../model/image-config";
import { lookupAt, type Model, type Stage } from "../model/model";
import { posix } from "../model/paths";
import { properties } from "../syntax/ast";

/** Folders of PATH that the bases of a final stage look into, in their order. */
export const DEFAULT_PATH: readonly string[] = [
  "/usr/local/sbin",
  "/usr/local/bin",
  "/usr/sbin",
  "/usr/bin",
  "/sbin",
  "/bin",
];

/**
 * The folders that PATH of a stage surely has, in their order. What the base sets is taken to be the usual; a part that
 * a variable hides is left out.
 */
export function pathFolders(model: Model, stage: Stage, baseName: string | undefined): readonly string[] {
  // golang's own ENV PATH (docker-library/golang).
  const base = baseName === "golang" ? ["/go/bin", "/usr/local/go/bin"] : [];
  let folders: readonly string[] = [...base, ...DEFAULT_PATH];
  for (const each of lineage(stage)) {
    each.instructions.forEach((instruction, at) => {
      if (instruction.keyword !== "ENV") return;
      for (const { name, value } of properties(instruction))
        if (name.text === "PATH") folders = expandFolders(value?.text ?? "", folders, each, at, model);
    });
  }
  return folders;
}

function expandFolders(
  raw: string,
  before: readonly string[],
  stage: Stage,
  at: number,
  model: Model,
): readonly string[] {
  const known = lookupAt(stage, at);
  const lookup = (name: string) => (name === "PATH" ? before.join(":") : known(name));
  const expand = (word: string) => expandWord(word, lookup, model.syntax.escape)?.split(":");
  const parts = raw.replace(/["']/g, "").split(":");
  return (expand(raw) ?? parts.flatMap((part) => expand(part) ?? [])).filter((folder) => folder.startsWith("/"));
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
