import { expandWord } from "../model/expand";
import { lineage } from "../model/image-config";
import { lookupAt, type Model, type Stage } from "../model/model";
import { properties } from "../syntax/ast";
import { DEFAULT_PATH } from "./start";

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
