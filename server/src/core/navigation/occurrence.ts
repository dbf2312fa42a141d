import type { Stage } from "../model/model";
import type { Span } from "../text/span";
import type { Declaration } from "./declarations";

/** What a name stands for: a stage, or what an ARG or ENV declares. */
export type Subject =
  | { readonly kind: "stage"; readonly stage: Stage }
  | { readonly kind: "variable"; readonly declaration: Declaration };

/** A name of the file at one of its places. */
export interface Occurrence {
  readonly span: Span;
  readonly subject: Subject;
  readonly role: "declaration" | "read";
  /**
   * `name`: the span is the name, letter by letter. `number`: a stage by its number. `unsure`: a stage through a variable
   * or with quotes inside, a variable that the script may have set itself.
   */
  readonly how: "name" | "number" | "unsure";
}
