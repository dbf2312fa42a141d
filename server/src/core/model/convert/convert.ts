import { properties } from "../../syntax/ast";
import { grammarProblems, instructionProblem } from "../../syntax/grammar";
import type { Instruction, Reading, Syntax } from "../../syntax/instruction";
import { remembered, rememberedBeside } from "../../text/remembered";
import { type Lookup, lookupOf } from "../expand";
import type { Model, Stage } from "../model";
import { isPlatformArg } from "../platform-args";
import { neededStages } from "../reach";
import { checkProblem } from "./check-directive";
import { copyProblem } from "./copy";
import { fromProblem } from "./from";
import { mountProblem } from "./mount";
import { portProblem, signalProblem } from "./numbers";
import type { ConversionProblem, Refused } from "./problem";
import { sourceProblems } from "./sources";
import { refusedWord } from "./words";

/**
 * What BuildKit's parser accepts and its conversion to build steps refuses (frontend/dockerfile/dockerfile2llb), where
 * the text alone tells: whatever a base image sets, and whatever `--build-arg` gives an ARG. In document order.
 */
export const conversionProblems: (model: Model) => readonly ConversionProblem[] = rememberedBeside(readProblems);

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
    const from = isRejected(stage.from, model.syntax) ? undefined : fromProblem(stage, inFrom, model.syntax.escape);
    if (from) problems.push({ ...from, certain: true });
  }
  return problems.sort((a, b) => a.span.start - b.span.start);
}

/** Their values are not the file's to tell. */
function declaredArgs({ syntax }: Model): ReadonlySet<string> {
  const args = syntax.instructions.filter(({ keyword }) => keyword === "ARG");
  return new Set(args.flatMap((each) => properties(each.reading).map(({ name }) => name.text)));
}

function globalProblems({ syntax, stages }: Model): readonly Refused[] {
  const first = stages[0]?.from;
  const before = first ? syntax.instructions.slice(0, syntax.instructions.indexOf(first)) : [];
  const check = checkProblem(syntax);
  const inArgs = before.flatMap((instruction) => refusedWord(instruction, syntax, unknown) ?? []);
  return check ? [check, ...inArgs] : inArgs;
}

const unknown: Lookup = () => undefined;

/** The first instruction of a stage that is refused: BuildKit goes no further. */
function stageProblem(stage: Stage, { syntax }: Model, args: ReadonlySet<string>): Refused | undefined {
  const triggered = triggerProblem(stage);
  if (triggered) return triggered;
  let at = 0;
  const lookup = lookupOf((name) => (args.has(name) ? undefined : stage.scope.variable(name, at)));
  for (const instruction of stage.instructions) {
    const found = isRejected(instruction, syntax) ? undefined : instructionRefused(instruction, syntax, lookup);
    if (found) return found;
    at++;
  }
  return undefined;
}

function instructionRefused(instruction: Instruction, syntax: Syntax, lookup: Lookup): Refused | undefined {
  return isSound(instruction.reading) ? undefined : refusal(instruction, syntax, lookup);
}

/** Whatever its variables are, for it has none, and wherever it stands. */
const isSound = remembered((reading: Reading) => {
  const { line, heredocs, escape } = reading;
  return heredocs.length === 0 && !line.text.includes("$") && !refusal(reading, { escape, text: "" }, unknown);
});

function refusal(instruction: Reading, syntax: Pick<Syntax, "escape" | "text">, lookup: Lookup): Refused | undefined {
  return (
    refusedWord(instruction, syntax, lookup) ??
    mountProblem(instruction, lookup) ??
    copyProblem(instruction, lookup) ??
    signalProblem(instruction, lookup) ??
    portProblem(instruction, lookup)
  );
}

/** The parser has said already what is wrong with it. */
function isRejected(instruction: Instruction, syntax: Syntax): boolean {
  return grammarProblems(syntax).length > 0 && instructionProblem(instruction) !== undefined;
}

/** What an ONBUILD of its base triggers is read in the stage that stands on it. */
function triggerProblem({ base }: Stage): Refused | undefined {
  if (base.kind !== "stage") return undefined;
  for (const { nested } of base.stage.instructions) {
    const found = nested && instructionProblem(nested);
    if (found) return found;
  }
  return undefined;
}
