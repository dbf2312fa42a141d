import { type Analysis, type Change, type Recipe, recipes } from "../core";

/** No rewrite is safe; the message says why. */
export class Refused extends Error {
  override readonly name = "Refused";
}

/** Which rewrite somebody wants. */
export interface Wish {
  /** This one and no other. */
  readonly target: string | undefined;
  /** Which is tried first where no target is named. */
  readonly preferred: string | undefined;
}

/** The first rewrite that is offered: for the target that is named, else for the preferred one, else for any. Throws Refused. */
export function bestRewrite(analysis: Analysis, { target, preferred }: Wish): Change {
  const reasons: string[] = [];
  const suited = recipes.filter((recipe) => recipe.suits(analysis.context));
  for (const recipe of suited.length > 0 ? suited : recipes) {
    for (const each of targetsOf(recipe, target, preferred)) {
      const answer = analysis.answer(recipe, each);
      if (answer.kind === "offer") return answer.change();
      reasons.push(answer.reason);
    }
  }
  throw new Refused(reasons[0] ?? `No rewrite knows the target ${target}.`);
}

function targetsOf({ targets }: Recipe, target: string | undefined, preferred: string | undefined): readonly string[] {
  if (target !== undefined) return targets.filter((each) => each === target);
  return [...targets].sort((a, b) => Number(b === preferred) - Number(a === preferred));
}
