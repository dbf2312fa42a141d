import { properties } from "../../syntax/ast";
import { type Lookup, lookupOf } from "../expand";
import { lookupAt, type Model, type Stage } from "../model";
import { isPlatformArg } from "../platform-args";
import { neededStages } from "../reach";
import { copyProblem } from "./copy";
import { fromProblem } from "./from";
import { mountProblems } from "./mount";
import { portProblem, signalProblem } from "./numbers";
import type { ConversionProblem, Refused } from "./problem";
import { sourceProblems } from "./sources";
import { wordProblems } from "./words";

const known = new WeakMap<Model, readonly ConversionProblem[]>();

/**
 * What BuildKit's parser accepts and its conversion to build steps refuses (frontend/dockerfile/dockerfile2llb), where
 * the text alone tells: whatever a base image sets, and whatever `--build-arg` gives an ARG. In document order,
 * remembered by the model.
 */
export function conversionProblems(model: Model): readonly ConversionProblem[] {
  const found = known.get(model) ?? readProblems(model);
  known.set(model, found);
  return found;
}

function readProblems(model: Model): readonly ConversionProblem[] {
  const args = declaredArgs(model);
  const needed = neededStages(model);
  const inFrom = lookupOf((name) => (args.has(name) || isPlatformArg(name) ? undefined : null));
  const { everywhere, inOrder } = sourceProblems(model);
  // BuildKit reads every FROM, and every --from, before it looks at what the build needs.
  const problems = [...globalProblems(model), ...everywhere].map((each) => ({ ...each, certain: true }));
  const ordered = new Map(inOrder.map((each) => [each.stage, each.problem]));
  for (const stage of model.stages) {
    const inStage = stageProblem(stage, model, args) ?? ordered.get(stage);
    if (inStage) problems.push({ ...inStage, certain: needed.has(stage) });
    const from = fromProblem(stage, inFrom, model.syntax.escape);
    if (from) problems.push({ ...from, certain: true });
  }
  return problems.sort((a, b) => a.span.start - b.span.start);
}

/** Their values are not the file's to tell. */
function declaredArgs({ syntax }: Model): ReadonlySet<string> {
  const args = syntax.instructions.filter(({ keyword }) => keyword === "ARG");
  return new Set(args.flatMap((each) => properties(each).map(({ name }) => name.text)));
}

function globalProblems({ syntax, stages }: Model): readonly Refused[] {
  const first = stages[0]?.from;
  const before = first ? syntax.instructions.slice(0, syntax.instructions.indexOf(first)) : [];
  return before.flatMap((instruction) => wordProblems(instruction, syntax, unknown));
}

const unknown: Lookup = () => undefined;

/** The first instruction of a stage that is refused: BuildKit goes no further. */
function stageProblem(stage: Stage, { syntax }: Model, args: ReadonlySet<string>): Refused | undefined {
  for (const [at, instruction] of stage.instructions.entries()) {
    const inScope = lookupAt(stage, at);
    const lookup = lookupOf((name) => {
      if (args.has(name)) return undefined;
      return inScope.isUnset?.(name) ? null : inScope(name);
    });
    const found =
      wordProblems(instruction, syntax, lookup)[0] ??
      mountProblems(instruction, lookup)[0] ??
      copyProblem(instruction, lookup) ??
      signalProblem(instruction, lookup) ??
      portProblem(instruction, lookup);
    if (found) return found;
  }
  return undefined;
}
