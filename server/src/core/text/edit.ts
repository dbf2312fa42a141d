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
