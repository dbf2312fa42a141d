import type { Span } from "./span";

/** Replaces the text of a span; an empty span inserts. */
export interface Edit {
  readonly span: Span;
  readonly text: string;
}

/** Two edits want the same characters: a defect of the recipe that made them. */
export class OverlappingEdits extends Error {
  override readonly name = "OverlappingEdits";
}

/**
 * The text with all edits made, in any order given; insertions at one offset keep their order.
 * Throws OverlappingEdits where two edits replace the same characters or reach outside the text.
 */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const sorted = edits
    .map((edit, order) => ({ edit, order }))
    .sort((a, b) => a.edit.span.start - b.edit.span.start || a.order - b.order);
  const parts: string[] = [];
  let at = 0;
  for (const { edit } of sorted) {
    const { start, end } = edit.span;
    if (start < at || end < start || end > text.length) throw new OverlappingEdits(`at ${start}`);
    parts.push(text.slice(at, start), edit.text);
    at = end;
  }
  parts.push(text.slice(at));
  return parts.join("");
}

/** Of things that edit a text those that can be made together: of two that want the same place the first. */
export function firstOfOverlapping<T extends { readonly edits: readonly Edit[] }>(things: readonly T[]): readonly T[] {
  const edits = things.flatMap((thing, order) => thing.edits.map(({ span }) => ({ thing, order, span })));
  edits.sort((a, b) => a.span.start - b.span.start || a.order - b.order);
  const left = new Set(things);
  let before: { readonly thing: T; readonly span: Span } | undefined;
  for (const edit of edits) {
    const { thing, span } = edit;
    if (!left.has(thing)) continue;
    const meets = before !== undefined && (span.start < before.span.end || span.start === before.span.start);
    if (meets && before?.thing !== thing) left.delete(thing);
    else before = edit;
  }
  return things.filter((thing) => left.has(thing));
}

/** One edit that makes the second text of the first, as short as it can be; none where they are equal. */
export function replacement(before: string, after: string): readonly Edit[] {
  if (before === after) return [];
  let start = 0;
  while (before[start] === after[start]) start++;
  let back = 0;
  const most = Math.min(before.length, after.length) - start;
  while (back < most && before[before.length - 1 - back] === after[after.length - 1 - back]) back++;
  return [{ span: { start, end: before.length - back }, text: after.slice(start, after.length - back) }];
}
