import { grammarProblems } from "../syntax/grammar";
import type { Problem } from "../syntax/instruction";
import { rememberedBeside } from "../text/remembered";
import { conversionProblems } from "./convert/convert";
import type { Model } from "./model";

/** What BuildKit would reject; not certain where only a build of another stage meets it. */
export interface FileProblem extends Problem {
  readonly certain: boolean;
}

/** Why BuildKit would reject the file: its scanner, its parser, and its conversion to build steps, in document order. */
export const problemsOf: (model: Model) => readonly FileProblem[] = rememberedBeside((model: Model) => {
  const { syntax } = model;
  const parsed = [...syntax.problems, ...grammarProblems(syntax)].map((each) => ({ ...each, certain: true }));
  return [...parsed, ...conversionProblems(model)].sort((a, b) => a.span.start - b.span.start);
});
