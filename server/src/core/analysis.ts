import { FileContext } from "./flow/context";
import type { Stage } from "./model/model";
import { problemsOf } from "./model/problems";
import type { Project } from "./project/project";
import type { Recipe } from "./recipes/recipe";
import { recipes } from "./recipes/registry";
import type { Change, Offer, Refusal } from "./rewrite/change";
import { Trials } from "./rewrite/sound";
import { styleOf } from "./rewrite/style";
import { verify, verifyFixes } from "./rewrite/verify";
import { rules } from "./rules/registry";
import type { Finding, Fix, Rule, Severity } from "./rules/rule";
import { type Edit, firstOfOverlapping } from "./text/edit";
import { Memo } from "./text/memo";

/** A finding with the rule that made it. */
export interface RuleFinding extends Finding {
  readonly rule: Rule;
  /** The finding's own where it has one, else its rule's. */
  readonly severity: Severity;
}

/**
 * A version of a Dockerfile, analysed. Immutable; its parts are computed when first asked for. With the version `before` it
 * costs less and says the same.
 */
export class Analysis {
  readonly context: FileContext;
  private found: readonly RuleFinding[] | undefined;
  private readonly prepared = new Map<string, Offer | Refusal>();
  private sound: ReadonlyMap<Fix, Fix> | undefined;

  constructor(
    readonly text: string,
    project?: Project,
    before?: Analysis,
  ) {
    this.context = new FileContext(text, project, before?.context);
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
    const suited = recipes.filter((recipe) => this.asksFor(finding, recipe) && recipe.suits(this.context));
    const rewrites = finding.target
      ? suited.slice(0, 1).map((recipe) => elsewhere(recipe, finding.target as Stage))
      : suited.flatMap((recipe) => recipe.targetsFor(this.context).map((target) => this.answer(recipe, target)));
    return [...this.fixesOf(finding), ...rewrites];
  }

  /** A recipe takes a finding away: always, or where it stands on the image of the last stage, which the rewrite changes. */
  asksFor({ rule, span, target }: RuleFinding, recipe: Recipe): boolean {
    if (!rule.recipes.includes(recipe.id)) return false;
    const base = this.context.model.final?.base.token?.span;
    return recipe.removes.includes(rule.id) || (!target && span.start === base?.start && span.end === base.end);
  }

  /** The fixes of a finding that hold their contract, as offers. Those of all findings are tried together, once. */
  fixesOf(finding: RuleFinding): readonly Offer[] {
    if (!finding.fixes?.length) return [];
    this.sound ??= soundFixes(this);
    const { sound } = this;
    return finding.fixes.flatMap((fix) => sound.get(fix) ?? []).map((fix, at) => offerOf(fix, finding, at === 0));
  }

  /** What a recipe answers: an offer whose change has held its contract, or a refusal. */
  answer(recipe: Recipe, target: string): Offer | Refusal {
    const key = `${recipe.id} ${target}`;
    const answer = this.prepared.get(key) ?? this.checked(recipe, target);
    this.prepared.set(key, answer);
    return answer;
  }

  /** What a recipe answers where nobody names a target: the offer that it prefers, or else why there is none. */
  best(recipe: Recipe): Offer | Refusal | undefined {
    const answers = recipe.targetsFor(this.context).map((target) => this.answer(recipe, target));
    return (
      answers.find((answer) => answer.kind === "offer" && answer.preferred) ??
      answers.find(({ kind }) => kind === "refusal") ??
      answers[0]
    );
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

/** Recipes rewrite what a plain `docker build` ships. */
function elsewhere({ id, targets }: Recipe, { name, index }: Stage): Refusal {
  const reason = `This is about the image that the target ${name?.text ?? index} makes; a rewrite is offered for the last stage alone.`;
  return { kind: "refusal", recipe: id, target: targets[0], reason };
}

/** Holds a change to the contract of section 4 of the design; the sentence says what is broken. */
export function verifyChange(analysis: Analysis, recipe: Recipe, change: Change): string | undefined {
  const versions = new Memo((text) => new Analysis(text, analysis.context.project, analysis));
  const expectation = {
    removes: recipe.removes,
    again: (text: string) => {
      const answer = recipe.offer(versions.of(text).context, change.target ?? "");
      return answer.kind === "offer" ? answer.change().edits : [];
    },
  };
  return verify(verifiable(analysis), change, expectation, (text) => verifiable(versions.of(text)));
}

/** A rule ends its lines with a line feed; the file may have others. */
function inLineEndings(fix: Fix, eol: string): Fix {
  return { ...fix, edits: fix.edits.map((edit) => ({ ...edit, text: edit.text.replaceAll("\n", eol) })) };
}

/** The fixes that hold their contract, with each as the file's line endings want it. */
function soundFixes(analysis: Analysis): ReadonlyMap<Fix, Fix> {
  const { eol } = styleOf(analysis.context.syntax);
  let waiting = analysis.findings.flatMap(({ rule, fixes = [] }) =>
    fixes.map((fix) => ({ rule: rule.id, fix, edits: inLineEndings(fix, eol).edits })),
  );
  const sound = new Map<Fix, Fix>();
  const trials = new Trials(analysis.text.length);
  while (waiting.length > 0 && !trials.over) {
    const apart = firstOfOverlapping(waiting);
    for (const { fix, edits } of trials.soundOf(apart, (some) => verifyTogether(analysis, some) === undefined))
      sound.set(fix, { ...fix, edits });
    const tried = new Set(apart);
    waiting = waiting.filter((each) => !tried.has(each));
  }
  return sound;
}

/** Holds fixes of rules, made together, to their contract; the sentence says what is broken. */
export function verifyTogether(
  analysis: Analysis,
  fixes: readonly { readonly rule?: string; readonly edits: readonly Edit[] }[],
): string | undefined {
  const fixed = new Set(fixes.map(({ rule }) => rule));
  const also = rules.filter(({ id }) => fixed.has(id));
  return verifyFixes(
    verifiable(analysis, also),
    fixes.map(({ rule = "", edits }) => ({ rule, edits })),
    (text) => verifiable(new Analysis(text, analysis.context.project, analysis), also),
  );
}

function offerOf({ title, safety, edits, assumes = [] }: Fix, { rule }: RuleFinding, preferred: boolean): Offer {
  const head = { recipe: undefined, target: undefined, title, safety, assumes, size: undefined };
  return {
    kind: "offer",
    ...head,
    preferred,
    change: () => ({
      ...head,
      rule: rule.id,
      drops: [],
      edits: edits.map((edit) => ({ ...edit, kind: "fix", note: title })),
    }),
  };
}

/** The rules `also` count whatever their severity. */
function verifiable({ text, context, findings }: Analysis, also: readonly Rule[] = []) {
  const loud: readonly Severity[] = ["error", "warning"];
  return {
    text,
    syntax: context.syntax,
    model: context.model,
    problems: problemsOf(context.model),
    findings: findings
      .filter(({ rule, severity }) => also.includes(rule) || loud.includes(severity))
      .map(({ rule, target }) => ({ rule: rule.id, elsewhere: target !== undefined, mayGrow: rule.mayGrow })),
  };
}
