import { parse } from "yaml";
import { Analysis, estimateImage, NO_PROJECT, type Project, projectFacts, recipes } from "../../server/src/core";
import { TODAY } from "../kit/fixture";

/** A Dockerfile with the files of its folder; without them nothing is known of it. */
export interface Asked {
  readonly text: string;
  readonly files?: Readonly<Record<string, string>> | undefined;
}

/** Everything that is asked of a file, so that nothing lazy stays unasked. */
export function ask(asked: Asked): Analysis {
  const analysis = new Analysis(asked.text, folderOf(asked));
  for (const finding of analysis.findings) analysis.answers(finding);
  for (const recipe of recipes) for (const target of recipe.targets) analysis.answer(recipe, target);
  const { final } = analysis.context.model;
  if (final) estimateImage(analysis.context, final);
  return analysis;
}

/** The facts of the folder, as they are gathered from a disk. */
export function folderOf({ files }: Asked): Project {
  if (!files) return { ...NO_PROJECT, today: TODAY };
  const texts = new Map(Object.entries(files));
  const sizes = new Map([...texts].map(([path, text]) => [path, text.length]));
  return { ...projectFacts(sizes, texts, parseYaml), today: TODAY };
}

function parseYaml(text: string): unknown {
  return parse(text, { maxAliasCount: 100, logLevel: "silent" });
}
