import type { Size } from "../catalog/size";
import type { ConfigKey } from "../model/image-config";
import type { Edit } from "../text/edit";

/**
 * What an edit does to the author's text. All but `new-lines` touch lines that are the author's; no recipe may touch
 * them in any other way, and `verify` holds them to it. `fix` is the edit of a rule's own fix, no recipe's.
 */
export type EditKind =
  | "names-stage"
  | "build-flags"
  | "cgo"
  | "moves-start"
  | "changes-base"
  | "changes-user"
  | "drops-step"
  | "new-lines"
  | "fix";

export interface RewriteEdit extends Edit {
  readonly kind: EditKind;
  /** What it does, for the offer: "names the stage build". */
  readonly note: string;
}

/** A setting of the shipped image that a Change does not carry over, and why the image does not need it. */
export interface Drop {
  readonly key: ConfigKey;
  /** The variable, label or port; "" for what there is once. */
  readonly name: string;
  readonly why: string;
}

export interface Change {
  readonly title: string;
  /** Undefined for a rule's own fix. */
  readonly recipe: string | undefined;
  /** The rule whose own fix it is. */
  readonly rule?: string;
  readonly target: string | undefined;
  /** `safe` joins fix-all, `review` is applied one at a time, `manual` is text only. */
  readonly safety: "safe" | "review" | "manual";
  readonly edits: readonly RewriteEdit[];
  /** What was taken to be so and what will be different, as sentences. */
  readonly assumes: readonly string[];
  readonly drops: readonly Drop[];
  /** The image's size afterwards. */
  readonly size: Size | undefined;
}

export interface Offer {
  readonly kind: "offer";
  /** Undefined for a rule's own fix. */
  readonly recipe: string | undefined;
  readonly target: string | undefined;
  readonly title: string;
  readonly safety: Change["safety"];
  /** The first of its recipe that the user should take. */
  readonly preferred: boolean;
  readonly assumes: readonly string[];
  readonly size: Size | undefined;
  /** The edits, made when they are wanted. */
  change(): Change;
}

export interface Refusal {
  readonly kind: "refusal";
  readonly recipe: string;
  readonly target: string | undefined;
  /** A sentence that helps. */
  readonly reason: string;
}
