import { type CodeAction, CodeActionKind, type CodeActionParams } from "vscode-languageserver/node";
import {
  type Analysis,
  lineage,
  type Offer,
  type Recipe,
  type Refusal,
  type RuleFinding,
  recipes,
  type Span,
} from "../../core";
import type { Found } from "../documents";
import { fromRange, touch } from "../from-lsp";
import type { Server } from "../server";
import { toDiagnostic, toWorkspaceEdit } from "../to-lsp";
import { fixAllActions } from "./fix-all";

/** What `codeAction/resolve` gets back: which offer of which version. */
export interface ActionData {
  readonly uri: string;
  readonly version: number;
  /** The place of the offer among `offersAt` of `span`. */
  readonly span: Span;
  readonly at: number;
}

/** An offer at a place, with the findings of the file that it answers; none for a rewrite that no finding there asks for. */
export interface OfferAt {
  readonly offer: Offer;
  readonly findings: readonly RuleFinding[];
}

/** Milliseconds that a light bulb waits for the facts of the folder. */
const PATIENCE = 500;

/** What can be done at a place: quick fixes of its findings, rewrites of its stage, all safe fixes of the file. */
export async function codeActions(
  server: Server,
  { textDocument, range, context }: CodeActionParams,
): Promise<CodeAction[]> {
  await server.documents.settled(textDocument.uri, PATIENCE);
  const found = server.documents.find(textDocument.uri);
  if (!found) return [];
  const span = fromRange(found.document, range);
  const { only } = context;
  const wants = (kind: string) =>
    only === undefined || only.some((each) => kind === each || kind.startsWith(`${each}.`));
  const offers = offersAt(found.analysis, span, server.settings.target);
  const rewrites = offers.some(({ offer, findings }) => offer.recipe !== undefined && findings.length > 0);
  const actions = offers.flatMap((each, at) => {
    const kinds = [
      ...(each.findings.length > 0 && wants(CodeActionKind.QuickFix) ? [CodeActionKind.QuickFix] : []),
      ...(each.offer.recipe && wants(CodeActionKind.RefactorRewrite) ? [CodeActionKind.RefactorRewrite] : []),
    ];
    // A rewrite that is a quick fix here is not shown a second time.
    // Where a rewrite is one of the quick fixes, it is the one to take.
    const preferred = isPreferred(server, found.analysis, each.offer) && (each.offer.recipe !== undefined || !rewrites);
    return kinds.slice(0, 1).map((kind) => toAction(server, found, each, { kind, preferred }, { span, at }));
  });
  const askedForRefactor = only !== undefined && wants(CodeActionKind.RefactorRewrite);
  const refused = askedForRefactor && server.client.disabledActions ? refusalsAt(found.analysis, span) : [];
  const whole = only !== undefined && wants("source.fixAll.ballast") ? fixAllActions(server, found) : [];
  return [...actions, ...refused.map(toDisabled), ...whole];
}

/** The offers at a place, each once: rewrites that its findings ask for, their rules' own fixes, other rewrites of the stage. */
export function offersAt(analysis: Analysis, span: Span, wanted?: string): readonly OfferAt[] {
  const offers = new Map<Offer, RuleFinding[]>();
  for (const finding of analysis.findings.filter((each) => touch(each.span, span))) {
    for (const answer of [...analysis.answers(finding), ...alsoFor(analysis, finding, wanted)]) {
      if (answer.kind === "offer" && !offers.has(answer)) offers.set(answer, alike(analysis, answer, finding));
    }
  }
  for (const answer of rewritesAt(analysis, span)) {
    if (answer.kind === "offer" && !offers.has(answer)) offers.set(answer, []);
  }
  // What takes most away stands first; the order is otherwise that of the findings.
  const rank = ({ offer, findings }: OfferAt) => (findings.length === 0 ? 2 : offer.recipe === undefined ? 1 : 0);
  return [...offers]
    .filter(([{ safety }]) => safety !== "manual")
    .map(([offer, findings]) => ({ offer, findings }))
    .sort((a, b) => rank(a) - rank(b));
}

/** The family of images that the user prefers is asked for, where a recipe would not name it by itself. */
function alsoFor(analysis: Analysis, finding: RuleFinding, wanted: string | undefined): readonly (Offer | Refusal)[] {
  if (wanted === undefined || finding.target) return [];
  const { context } = analysis;
  return recipes
    .filter((recipe) => analysis.asksFor(finding, recipe) && recipe.suits(context) && recipe.targets.includes(wanted))
    .map((recipe) => analysis.answer(recipe, wanted));
}

/** A rewrite answers all findings whose rules name it, wherever they stand. */
function alike(analysis: Analysis, { recipe }: Offer, finding: RuleFinding): RuleFinding[] {
  const made = recipes.find(({ id }) => id === recipe);
  return made === undefined ? [finding] : analysis.findings.filter((each) => analysis.asksFor(each, made));
}

function refusalsAt(analysis: Analysis, span: Span): readonly Refusal[] {
  return rewritesAt(analysis, span).filter((answer) => answer.kind === "refusal");
}

/** What all recipes answer where the last stage stands, or one below it: they rewrite what a plain build ships. */
function rewritesAt(analysis: Analysis, span: Span): readonly (Offer | Refusal)[] {
  const { final } = analysis.context.model;
  const ships =
    final &&
    lineage(final).some(({ from, instructions }) =>
      touch({ start: from.span.start, end: (instructions.at(-1) ?? from).span.end }, span),
    );
  if (!ships) return [];
  return recipes
    .filter((recipe) => recipe.suits(analysis.context))
    .flatMap((recipe) => recipe.targetsFor(analysis.context).map((target) => analysis.answer(recipe, target)));
}

function toAction(
  { client, ruleUrl, rewrites }: Server,
  { id, document, analysis }: Found,
  { offer, findings }: OfferAt,
  { kind, preferred }: { readonly kind: string; readonly preferred: boolean },
  place: Pick<ActionData, "span" | "at">,
): CodeAction {
  if (!client.lazyEdits) rewrites.offer(id, analysis, offer);
  const data: ActionData = { uri: document.uri, version: document.version, ...place };
  return {
    title: offer.title,
    kind,
    ...(findings.length > 0 && {
      diagnostics: findings.map((finding) => toDiagnostic(document, finding, client, ruleUrl(finding.rule.id))),
    }),
    ...(client.preferredActions && preferred && kind === CodeActionKind.QuickFix && { isPreferred: true }),
    ...(client.lazyEdits ? { data } : { edit: toWorkspaceEdit(document, offer.change().edits, client) }),
  };
}

/** A rewrite for the target that the user prefers goes before the one that its recipe does. */
function isPreferred({ settings: { target } }: Server, analysis: Analysis, offer: Offer): boolean {
  const chosen = target !== undefined && offer.target !== undefined && wasOffered(analysis, offer, target);
  return chosen ? offer.target === target : offer.preferred;
}

/** The same rewrite is offered for the target that the user prefers. */
function wasOffered(analysis: Analysis, offer: Offer, target: string): boolean {
  const recipe: Recipe | undefined = recipes.find(({ id }) => id === offer.recipe);
  return recipe?.targets.includes(target) === true && analysis.answer(recipe, target).kind === "offer";
}

function toDisabled({ recipe, target, reason }: Refusal): CodeAction {
  const title = recipes.find(({ id }) => id === recipe)?.title ?? recipe;
  return {
    title: target === undefined ? title : `${title} (${target})`,
    kind: CodeActionKind.RefactorRewrite,
    disabled: { reason },
  };
}
