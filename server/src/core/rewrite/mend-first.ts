import type { FileContext } from "../flow/context";
import { missingCopies } from "../flow/files/missing-copies";
import { problemsOf } from "../model/problems";

/** Why the file could not be built as it stands, which comes before any rewrite: a sentence. */
export function mendFirst(context: FileContext): string | undefined {
  const problem = problemsOf(context.model).find(({ certain }) => certain);
  if (problem && context.model.final)
    return `BuildKit would reject the file as it stands (${problem.message}); that comes first.`;
  return missingCopies(context)[0]?.message;
}
