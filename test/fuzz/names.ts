/** What has to hold of the names of every input. */
import {
  Analysis,
  aboutName,
  applyEdits,
  folds,
  type Names,
  namesOf,
  type Occurrence,
  type OutlineEntry,
  outline,
  rename,
  type Span,
} from "../../server/src/core";

type Holds = (condition: boolean, what: string) => void;

/** Each place of a longer text is no longer looked at. */
const MAX_TEXT = 4_000;
/** A name that no input has, and that a stage and an ARG may both have. */
const FRESH = "fresh_0";

/** Names lie where they are said to; a rename there and back again is the same text, and breaks nothing in between. */
export function namesHold(analysis: Analysis, holds: Holds): void {
  const { text, context } = analysis;
  const names = namesOf(context.model);
  outlineHolds(outline(context.model), { start: 0, end: text.length }, holds);
  const lines = text.split("\n").length;
  for (const { startLine, endLine } of folds(context.model))
    holds(0 <= startLine && startLine < endLine && endLine < lines, "a fold lies outside the text");
  if (text.length > MAX_TEXT) return;
  const seen = new Set<number>();
  for (let offset = 0; offset <= text.length; offset++) {
    const found = names.at(offset);
    const about = aboutName(context.model, offset)?.span;
    holds((found === undefined || about !== undefined) && isAt(about ?? found?.span, offset), "a name lies elsewhere");
    if (!found || seen.has(found.span.start)) continue;
    seen.add(found.span.start);
    occurrenceHolds(text, names, found, holds);
    renameHolds(analysis, found, offset, holds);
  }
}

function isAt(span: Span | undefined, offset: number): boolean {
  return span === undefined || (span.start <= offset && offset <= span.end);
}

function occurrenceHolds(text: string, names: Names, found: Occurrence, holds: Holds): void {
  const all = names.occurrences(found.subject);
  const isSelf = ({ span, role }: Occurrence) => span.start === found.span.start && role === found.role;
  holds(all.some(isSelf), "a name is not among its own places");
  let at = 0;
  for (const { span } of all) {
    holds(at <= span.start && span.start < span.end && span.end <= text.length, "places of a name overlap");
    at = span.end;
  }
  const spelled = new Set(
    all.filter(({ how }) => how === "name").map(({ span }) => text.slice(span.start, span.end).toLowerCase()),
  );
  holds(spelled.size <= 1, "a name is spelled in two ways");
  const { start, end } = names.definition(found);
  holds(0 <= start && start < end && end <= text.length, "a definition lies outside the text");
}

function renameHolds({ text, context }: Analysis, found: Occurrence, offset: number, holds: Holds): void {
  const edits = rename(context.model, context.project, offset, FRESH);
  if (!edits || "reason" in edits) return;
  const after = applyEdits(text, edits);
  const again = new Analysis(after, context.project);
  holds(
    again.context.syntax.instructions.length === context.syntax.instructions.length,
    "a rename makes other instructions",
  );
  const start = found.span.start + shift(edits, found.span.start);
  const there = namesOf(again.context.model).at(start);
  const places = namesOf(context.model).occurrences(found.subject).length;
  holds(
    there !== undefined && namesOf(again.context.model).occurrences(there.subject).length === places,
    "a rename loses places of the name, or wins some",
  );
  const old = text.slice(found.span.start, found.span.end);
  const back = rename(again.context.model, context.project, start, old);
  const refused = !back || "reason" in back;
  // The old name may be that of an ENV too, or be spelled as no new one may.
  holds(refused || applyEdits(after, back).toLowerCase() === text.toLowerCase(), "a rename does not come back");
}

function shift(edits: readonly { readonly span: Span; readonly text: string }[], before: number): number {
  return edits
    .filter(({ span }) => span.start < before)
    .reduce((sum, { span, text }) => sum + text.length - (span.end - span.start), 0);
}

function outlineHolds(entries: readonly OutlineEntry[], { start, end }: Span, holds: Holds): void {
  for (const { name, span, head, children } of entries) {
    const inside = start <= span.start && span.end <= end && span.start <= head.start && head.end <= span.end;
    holds(inside && name !== "", "an entry of the outline lies outside of that above it, or has no name");
    outlineHolds(children, span, holds);
  }
}
