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

/**
 * The first rewrite that is offered: for the target that is named, else for the preferred one, else the one that its recipe
 * prefers, else any. Throws Refused.
 */
export function bestRewrite(analysis: Analysis, { target, preferred }: Wish): Change {
  const reasons: string[] = [];
  const suited = recipes.filter((recipe) => recipe.suits(analysis.context));
  for (const recipe of suited.length > 0 ? suited : recipes) {
    const answers = targetsOf(analysis, recipe, target).map((each) => analysis.answer(recipe, each));
    const offers = answers.filter((answer) => answer.kind === "offer");
    const best =
      offers.find((offer) => offer.target === preferred) ?? offers.find((offer) => offer.preferred) ?? offers[0];
    if (best) return best.change();
    reasons.push(...answers.flatMap((answer) => (answer.kind === "refusal" ? answer.reason : [])));
  }
  throw new Refused(reasons[0] ?? `No rewrite knows the target ${target}.`);
}

function targetsOf({ context }: Analysis, recipe: Recipe, target: string | undefined): readonly string[] {
  return target === undefined ? recipe.targetsFor(context) : recipe.targets.filter((each) => each === target);
}
