import type { Span } from "../../text/span";

/** Something that BuildKit's parser takes, and its next step, the conversion to build steps, refuses. */
export interface ConversionProblem {
  readonly span: Span;
  /** BuildKit's own reason. */
  readonly message: string;
  /** False where only a build of another stage than the last one meets it. */
  readonly certain: boolean;
}

/** A reason and where it stands. */
export type Refused = Omit<ConversionProblem, "certain">;
