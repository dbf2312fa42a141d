import { type Analysis, applyEdits, type Offer } from "../core";

/** A rewrite that was made in an open document. */
export interface MadeRewrite {
  readonly title: string;
  /** The author's text. */
  readonly before: string;
}

interface Offered extends MadeRewrite {
  readonly after: string;
}

/** So many rewrites of one text are remembered: more are not offered at once. */
const KEPT = 16;

/** Which rewrites an editor was given, and which of them it has made: known by the text that they lead to. */
export class Rewrites {
  private readonly offered = new Map<string, readonly Offered[]>();
  private readonly made = new Map<string, Offered & { readonly material: string }>();

  /** The editor was given the edits of an offer for this very text. Those that no recipe makes are no rewrites. */
  offer(id: string, { text }: Analysis, { title, recipe, change }: Offer): void {
    if (recipe === undefined) return;
    const each = { title, before: text, after: applyEdits(text, change().edits) };
    const others = (this.offered.get(id) ?? []).filter(({ before, after }) => before === text && after !== each.after);
    this.offered.set(id, [each, ...others].slice(0, KEPT));
  }

  /** The document has a new text. */
  changed(id: string, analysis: Analysis): void {
    const found = this.offered.get(id)?.find(({ after }) => after === analysis.text);
    if (found) this.made.set(id, { ...found, material: materialOf(analysis) });
  }

  /**
   * The rewrite that was made last, as long as the text says what it made of it: comments and blank lines may change. An undo
   * takes it away and a redo brings it back.
   */
  of(id: string, analysis: Analysis): MadeRewrite | undefined {
    const made = this.made.get(id);
    return made && made.material === materialOf(analysis) ? made : undefined;
  }

  /** It was proven, or the document is closed. */
  forget(id: string): void {
    this.made.delete(id);
    this.offered.delete(id);
  }
}

/** What of a text makes the image: its instructions. */
function materialOf({ context, text }: Analysis): string {
  return context.model.syntax.instructions.map(({ span }) => text.slice(span.start, span.end)).join("\n");
}
