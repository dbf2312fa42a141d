import type { Instruction } from "../syntax/instruction";
import { lineage } from "./image-config";
import type { Model, Stage } from "./model";

/** A step as a builder names it (see BuildStep in ports.ts). */
export interface Step {
  readonly builder: "buildkit" | "classic";
  readonly stage?: string;
  readonly index: number;
}

/**
 * The instruction that a builder's step stands for. BuildKit numbers FROM of an image, RUN, COPY, ADD and WORKDIR within
 * their stage (dockerfile2llb's cmdIndex); the classic builder numbers every instruction of the file.
 */
export function instructionOfStep(model: Model, step: Step): Instruction | undefined {
  if (step.builder === "classic") return model.syntax.instructions[step.index - 1];
  const stage = stageOfStep(model, step.stage);
  if (!stage) return undefined;
  const counted = stage.instructions.filter(({ keyword }) => ["RUN", "COPY", "ADD", "WORKDIR"].includes(keyword));
  return [...(stage.base.kind === "image" || stage.base.kind === "unknown" ? [stage.from] : []), ...counted][
    step.index - 1
  ];
}

/** BuildKit writes the author's name of a stage, `stage-N` for one without, and nothing where the file has one stage. */
function stageOfStep(model: Model, name: string | undefined): Stage | undefined {
  if (name === undefined) return model.stages.length === 1 ? model.final : undefined;
  const number = /^stage-(\d+)$/.exec(name)?.[1];
  return (
    model.stages.find((stage) => stage.name?.text.toLowerCase() === name.toLowerCase()) ??
    (number === undefined ? undefined : model.stages[Number(number)])
  );
}

/**
 * The instructions of a stage and of those it stands on, each with its entry of the built image's history, which is
 * given oldest first. What comes before the first of them is the base's; where names stop agreeing, nothing is said.
 */
export function matchHistory<T extends { readonly createdBy: string }>(
  stage: Stage,
  history: readonly T[],
):
  | { readonly base: readonly T[]; readonly own: readonly { readonly instruction: Instruction; readonly entry: T }[] }
  | undefined {
  const instructions = lineage(stage).flatMap((each) => each.instructions);
  const first = history.length - instructions.length;
  if (first < 0) return undefined;
  const own = instructions.map((instruction, at) => ({ instruction, entry: history[first + at] as T }));
  return own.every(({ instruction, entry }) => keywordOf(entry.createdBy) === instruction.keyword)
    ? { base: history.slice(0, first), own }
    : undefined;
}

/** BuildKit writes the instruction, the classic builder a shell command that does nothing but for RUN. */
function keywordOf(createdBy: string): string {
  const nop = /^\/bin\/sh -c #\(nop\)\s+(\w+)/.exec(createdBy)?.[1];
  if (nop) return nop;
  const first = /^(\w+)\b/.exec(createdBy)?.[1] ?? "";
  return first === first.toUpperCase() && first !== "" && !createdBy.startsWith("|") ? first : "RUN";
}
