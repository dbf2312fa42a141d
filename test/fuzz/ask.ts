import {
  Analysis,
  estimateImage,
  folds,
  NO_PROJECT,
  namesOf,
  outline,
  type Project,
  prepareRename,
  projectFacts,
  recipes,
} from "../../server/src/core";
import { TODAY } from "../kit/fixture";
import { PARSERS } from "../kit/parsers";

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
  askNames(analysis);
  return analysis;
}

/** What an editor asks of names, at a few places. */
function askNames({ text, context: { model, project } }: Analysis): void {
  outline(model);
  folds(model);
  for (const part of [0.1, 0.5, 0.9]) {
    const offset = Math.floor(text.length * part);
    const name = namesOf(model).at(offset);
    if (name) namesOf(model).occurrences(name.subject);
    prepareRename(model, project, offset);
  }
}

/** The facts of the folder, as they are gathered from a disk. */
export function folderOf({ files }: Asked): Project {
  if (!files) return { ...NO_PROJECT, today: TODAY };
  const texts = new Map(Object.entries(files));
  const sizes = new Map([...texts].map(([path, text]) => [path, text.length]));
  return { ...projectFacts(sizes, texts, PARSERS), today: TODAY };
}
