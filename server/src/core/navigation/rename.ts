import type { Model } from "../model/model";
import type { Project } from "../project/project";
import type { Edit } from "../text/edit";
import type { Span } from "../text/span";
import { namesOf } from "./names";
import type { Occurrence } from "./occurrence";
import { argKeeps, argRefuses } from "./rename-arg";
import { stageKeeps, stageRefuses } from "./rename-stage";

/** Why a name is not changed: a sentence for the user. */
export interface RenameRefusal {
  readonly reason: string;
}

/** The name at an offset, where it can be changed; undefined where there is none. */
export function prepareRename(model: Model, project: Project, offset: number): Span | RenameRefusal | undefined {
  const found = namesOf(model).at(offset);
  const reason = found && whyKept(model, project, found);
  return reason === undefined ? found?.span : { reason };
}

/**
 * Gives the stage or the ARG at an offset another name, in all its places. Refused is what would make the file mean
 * something else, and what Ballast cannot see through.
 */
export function rename(
  model: Model,
  project: Project,
  offset: number,
  newName: string,
): readonly Edit[] | RenameRefusal | undefined {
  const names = namesOf(model);
  const found = names.at(offset);
  if (!found) return undefined;
  const { subject } = found;
  const old = subject.kind === "stage" ? subject.stage.name?.text : subject.declaration.name.text;
  if (newName === old) return [];
  const reason =
    whyKept(model, project, found) ??
    (subject.kind === "stage" ? stageRefuses(model, subject.stage, newName) : argRefuses(model, newName));
  if (reason !== undefined) return { reason };
  return names
    .occurrences(subject)
    .filter(({ how }) => how === "name")
    .map(({ span }) => ({ span, text: newName }));
}

function whyKept(model: Model, project: Project, { subject, how }: Occurrence): string | undefined {
  return subject.kind === "stage"
    ? stageKeeps(model, project, subject.stage, how)
    : argKeeps(model, project, subject.declaration);
}
