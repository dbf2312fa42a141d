import type { Stage } from "../model/model";
import type { FileContext } from "./context";

/** A stage that is built into an image of its own. */
export interface Target {
  readonly stage: Stage;
  /** What is said of it may be certain; false for a leaf that nobody names, which may be a target or a leftover. */
  readonly certain: boolean;
}

/** The stages that ship, in document order: the last one, and those that compose, bake or a script of CI name. */
export function targetsOf({ model, project }: FileContext): readonly Target[] {
  const named = new Set(project.targets.map(({ target }) => target.toLowerCase()));
  return model.stages
    .filter((stage) => stage === model.final || (stage.name && named.has(stage.name.text.toLowerCase())))
    .map((stage) => ({ stage, certain: true }));
}
