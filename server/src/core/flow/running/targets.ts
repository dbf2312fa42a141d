import type { Model, Stage } from "../../model/model";
import { namedIn, stageNamed, usedStages } from "../../model/reach";
import type { NamedTarget } from "../../project/targets";
import type { FileContext } from "../context";

/** A stage that is built into an image of its own. */
export interface Target {
  readonly stage: Stage;
  /** What is said of it may be certain; false for a leaf that nobody names, which may be a target or a leftover. */
  readonly certain: boolean;
}

/**
 * The stages that ship, in document order: the last one, those that compose, bake or a script of CI name, and the leaves
 * that nobody names.
 */
export function targetsOf({ model, project }: FileContext): readonly Target[] {
  const { final, stages } = model;
  if (!final) return [];
  const asked = project.targets
    .filter((each) => isOfThisFile(each, project.dockerfile))
    .flatMap(({ target }) => stageNamed(model, { index: stages.length }, target) ?? []);
  const certain = new Set([final, ...asked]);
  const used = usedStages(model);
  return stages.flatMap((stage) => {
    if (certain.has(stage)) return { stage, certain: true };
    const isLeaf = used !== undefined && !used.has(stage);
    return isLeaf && stage.name && !shadowOf(model, stage) ? { stage, certain: false } : [];
  });
}

/** Whether a file speaks of this Dockerfile; one that does not say so is taken to. */
function isOfThisFile({ dockerfile }: NamedTarget, own: string | undefined): boolean {
  return dockerfile === undefined || own === undefined || dockerfile === own;
}

/** The last stage of the same name, where that is another one: nobody can ask for this one by its name. */
export function shadowOf(model: Model, stage: Stage): Stage | undefined {
  const last = stage.name && namedIn(model).get(stage.name.text.toLowerCase())?.at(-1);
  return last === stage ? undefined : last;
}
