import type { Model } from "../model/model";
import type { Syntax } from "../syntax/instruction";

/** What the check looks at, before and after. */
export interface Verifiable {
  readonly text: string;
  readonly syntax: Syntax;
  readonly model: Model;
  readonly problems: readonly { readonly message: string }[];
  /** Findings at warning or above, by rule; `elsewhere` is in the image of another target than the last stage, which no recipe rewrites. */
  readonly findings: readonly { readonly rule: string; readonly elsewhere?: boolean }[];
}
