import type { Model } from "../model/model";
import type { Syntax } from "../syntax/instruction";

/** What the check looks at, before and after. */
export interface Verifiable {
  readonly text: string;
  readonly syntax: Syntax;
  readonly model: Model;
  readonly problems: readonly { readonly message: string }[];
  /** Findings at warning or above, by rule; `elsewhere` is in the image of another target than the last stage, which no recipe rewrites. */
  readonly findings: readonly {
    readonly rule: string;
    readonly elsewhere?: boolean;
    readonly mayGrow?: MayGrow | undefined;
  }[];
}

/**
 * When a rewrite may lead to more findings of a rule, for they say nothing against it: where the file has one already, of another
 * base (a final stage on the slim image of the same release), or on a smaller base, which installs what the author does.
 */
export type MayGrow = "with-bases" | "on-smaller-base";
