import { FileContext } from "./flow/context";
import type { Project } from "./project/project";
import type { Recipe } from "./recipes/recipe";
import { recipes } from "./recipes/registry";
import type { Change, Offer, Refusal } from "./rewrite/change";
import { verify } from "./rewrite/verify";
import { rules } from "./rules/registry";
import type { Finding, Rule, Severity } from "./rules/rule";
import { grammarProblems } from "./syntax/grammar";

/** A finding with the rule that made it. */
export interface RuleFinding extends Finding {
  readonly rule: Rule;
}

/** A version of a Dockerfile, analysed. Immutable; its parts are computed when first asked for. */
export class Analysis {
  readonly context: FileContext;
  private found: readonly RuleFinding[] | undefined;
  private readonly prepared = new Map<string, Offer | Refusal>();

  constructor(
    readonly text: string,
    project?: Project,
  ) {
    this.context = new FileContext(text, project);
  }

  /** In document order. */
  get findings(): readonly RuleFinding[] {
    this.found ??= rules
      .flatMap((rule) => [...rule.check(this.context)].map((finding) => ({ ...finding, rule })))
      .sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
    return this.found;
  }

  /** What the recipes of a rule answer, each for each of its targets. */
  answers(rule: Rule): readonly (Offer | Refusal)[] {
    return recipes
      .filter(({ id }) => rule.recipes.includes(id))
      .flatMap((recipe) => recipe.targets.map((target) => this.answer(recipe, target)));
  }

  /** What a recipe answers: an offer whose change has held its contract, or a refusal. */
  answer(recipe: Recipe, target: string): Offer | Refusal {
    const key = `${recipe.id} ${target}`;
    const answer = this.prepared.get(key) ?? this.checked(recipe, target);
    this.prepared.set(key, answer);
    return answer;
  }

  private checked(recipe: Recipe, target: string): Offer | Refusal {
    const offer = recipe.offer(this.context, target);
    if (offer.kind === "refusal") return offer;
    const change = offer.change();
    const broken = verifyChange(this, recipe, change);
    if (broken)
      return {
        kind: "refusal",
        recipe: recipe.id,
        target,
        reason: `Ballast stopped its own rewrite: ${broken}. Please report this file.`,
      };
    return { ...offer, change: () => change };
  }
}

/** Holds a change to the contract of section 4 of the design; the sentence says what is broken. */
export function verifyChange(analysis: Analysis, recipe: Recipe, change: Change): string | undefined {
  const { project } = analysis.context;
  const expectation = {
    removes: recipe.removes,
    again: (text: string) => {
      const answer = recipe.offer(new FileContext(text, project), change.target ?? "");
      return answer.kind === "offer" ? answer.change().edits : [];
    },
  };
  return verify(verifiable(analysis), change, expectation, (text) => verifiable(new Analysis(text, project)));
}

function verifiable({ text, context, findings }: Analysis) {
  const loud: readonly Severity[] = ["error", "warning"];
  return {
    text,
    syntax: context.syntax,
    model: context.model,
    problems: [...context.syntax.problems, ...grammarProblems(context.syntax)],
    findings: findings.filter(({ rule }) => loud.includes(rule.severity)).map(({ rule }) => ({ rule: rule.id })),
  };
}
