import { type CodeAction, CodeActionKind, type CodeActionParams } from "vscode-languageserver/node";
import { type Analysis, type Offer, type Recipe, type Refusal, type RuleFinding, recipes, type Span } from "../../core";
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
  const actions = offersAt(found.analysis, span).flatMap((each, at) => {
    const kinds = [
      ...(each.findings.length > 0 && wants(CodeActionKind.QuickFix) ? [CodeActionKind.QuickFix] : []),
      ...(each.offer.recipe && wants(CodeActionKind.RefactorRewrite) ? [CodeActionKind.RefactorRewrite] : []),
    ];
    // A rewrite that is a quick fix here is not shown a second time.
    return kinds.slice(0, 1).map((kind) => toAction(server, found, each, kind, { span, at }));
  });
  const askedForRefactor = only !== undefined && wants(CodeActionKind.RefactorRewrite);
  const refused = askedForRefactor && server.client.disabledActions ? refusalsAt(found.analysis, span) : [];
  const whole = only !== undefined && wants("source.fixAll.ballast") ? fixAllActions(server, found) : [];
  return [...actions, ...refused.map(toDisabled), ...whole];
}

/** The offers at a place, each once: those of its findings first, then the rewrites of its stage. */
export function offersAt(analysis: Analysis, span: Span): readonly OfferAt[] {
  const offers = new Map<Offer, RuleFinding[]>();
  for (const finding of analysis.findings.filter((each) => touch(each.span, span))) {
    for (const answer of analysis.answers(finding)) {
      if (answer.kind === "offer" && !offers.has(answer)) offers.set(answer, alike(analysis, answer, finding));
    }
  }
  for (const answer of rewritesAt(analysis, span)) {
    if (answer.kind === "offer" && !offers.has(answer)) offers.set(answer, []);
  }
  return [...offers].filter(([{ safety }]) => safety !== "manual").map(([offer, findings]) => ({ offer, findings }));
}

/** A rewrite answers all findings whose rules name it, wherever they stand. */
function alike(analysis: Analysis, { recipe }: Offer, finding: RuleFinding): RuleFinding[] {
  return recipe === undefined ? [finding] : analysis.findings.filter(({ rule }) => rule.recipes.includes(recipe));
}

function refusalsAt(analysis: Analysis, span: Span): readonly Refusal[] {
  return rewritesAt(analysis, span).filter((answer) => answer.kind === "refusal");
}

/** What all recipes answer where a shipped stage stands: they rewrite what ships. */
function rewritesAt(analysis: Analysis, span: Span): readonly (Offer | Refusal)[] {
  const ships = analysis.context.model.stages.some(
    ({ shipped, from, instructions }) =>
      shipped && touch({ start: from.span.start, end: (instructions.at(-1) ?? from).span.end }, span),
  );
  if (!ships) return [];
  return recipes.flatMap((recipe) => recipe.targets.map((target) => analysis.answer(recipe, target)));
}

function toAction(
  server: Server,
  { document, analysis }: Found,
  { offer, findings }: OfferAt,
  kind: string,
  place: Pick<ActionData, "span" | "at">,
): CodeAction {
  const { client, settings, ruleUrl } = server;
  const target = settings.target;
  const preferred =
    offer.target === undefined || target === undefined || !wasOffered(analysis, offer, target)
      ? offer.preferred
      : offer.target === target;
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
