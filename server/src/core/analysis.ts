import { FileContext } from "./flow/context";
import type { Project } from "./project/project";
import type { Recipe } from "./recipes/recipe";
import { recipes } from "./recipes/registry";
import type { Change, Offer, Refusal } from "./rewrite/change";
import { styleOf } from "./rewrite/style";
import { verify, verifyFix } from "./rewrite/verify";
import { rules } from "./rules/registry";
import type { Finding, Fix, Rule, Severity } from "./rules/rule";
import { grammarProblems } from "./syntax/grammar";

/** A finding with the rule that made it. */
export interface RuleFinding extends Finding {
  readonly rule: Rule;
  /** The finding's own where it has one, else its rule's. */
  readonly severity: Severity;
}

/** A version of a Dockerfile, analysed. Immutable; its parts are computed when first asked for. */
export class Analysis {
  readonly context: FileContext;
  private found: readonly RuleFinding[] | undefined;
  private readonly prepared = new Map<string, Offer | Refusal>();
  private readonly fixed = new Map<RuleFinding, readonly Offer[]>();

  constructor(
    readonly text: string,
    project?: Project,
  ) {
    this.context = new FileContext(text, project);
  }

  /** In document order. */
  get findings(): readonly RuleFinding[] {
    this.found ??= rules
      .flatMap((rule) =>
        [...rule.check(this.context)].map((finding) => ({ severity: rule.severity, ...finding, rule })),
      )
      .sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
    return this.found;
  }

  /** What can be done about a finding: its rule's own fixes first, then what the recipes answer, each for each of its targets. */
  answers(finding: RuleFinding): readonly (Offer | Refusal)[] {
    const { rule } = finding;
    const rewrites = recipes
      .filter((recipe) => rule.recipes.includes(recipe.id) && recipe.suits(this.context))
      .flatMap((recipe) => recipe.targets.map((target) => this.answer(recipe, target)));
    return [...this.fixesOf(finding), ...rewrites];
  }

  /** The fixes of a finding that hold their contract. */
  private fixesOf(finding: RuleFinding): readonly Offer[] {
    const known = this.fixed.get(finding);
    if (known) return known;
    const sound = (fix: Fix) =>
      verifyFix(verifiable(this, finding.rule), finding.rule.id, fix.edits, (text) =>
        verifiable(new Analysis(text, this.context.project), finding.rule),
      ) === undefined;
    const { eol } = styleOf(this.context.syntax);
    const offers = (finding.fixes ?? [])
      .map((fix) => inLineEndings(fix, eol))
      .filter(sound)
      .map((fix, at) => offerOf(fix, at === 0));
    this.fixed.set(finding, offers);
    return offers;
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

/** A rule ends its lines with a line feed; the file may have others. */
function inLineEndings(fix: Fix, eol: string): Fix {
  return { ...fix, edits: fix.edits.map((edit) => ({ ...edit, text: edit.text.replaceAll("\n", eol) })) };
}

function offerOf({ title, safety, edits, assumes = [] }: Fix, preferred: boolean): Offer {
  const head = { recipe: undefined, target: undefined, title, safety, assumes, size: undefined };
  return {
    kind: "offer",
    ...head,
    preferred,
    change: () => ({ ...head, drops: [], edits: edits.map((edit) => ({ ...edit, kind: "fix", note: title })) }),
  };
}

/** `also` counts whatever its severity. */
function verifiable({ text, context, findings }: Analysis, also?: Rule) {
  const loud: readonly Severity[] = ["error", "warning"];
  return {
    text,
    syntax: context.syntax,
    model: context.model,
    problems: [...context.syntax.problems, ...grammarProblems(context.syntax)],
    findings: findings
      .filter(({ rule, severity }) => rule === also || loud.includes(severity))
      .map(({ rule }) => ({ rule: rule.id })),
  };
}
