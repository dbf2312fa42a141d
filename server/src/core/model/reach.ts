import { flagOf, type Instruction } from "../syntax/instruction";
import type { Model, Stage } from "./model";

/** A file with more stages was written by no person; only its last one is looked at, so that an answer takes no second. */
const MAX_STAGES = 500;

/**
 * The stages that a build of the final one runs: those it stands on and those it copies or mounts from. BuildKit leaves
 * out all others.
 */
export function neededStages(model: Model): ReadonlySet<Stage> {
  if (model.stages.length > MAX_STAGES) return new Set(model.final ? [model.final] : []);
  const needed = new Set<Stage>();
  const waiting = model.final ? [model.final] : [];
  for (let stage = waiting.pop(); stage; stage = waiting.pop()) {
    if (needed.has(stage)) continue;
    needed.add(stage);
    if (stage.base.kind === "stage") waiting.push(stage.base.stage);
    for (const instruction of stage.instructions) {
      for (const name of sourcesOf(instruction)) {
        const source = stageNamed(model, stage, name);
        if (source) waiting.push(source);
      }
    }
  }
  return needed;
}

/** The stage that a `--from` of another stage means, by name or number; undefined where it is an image or another context. */
export function stageNamed({ stages }: Model, user: Stage, name: string): Stage | undefined {
  const lower = name.toLowerCase();
  const earlier = stages.slice(0, user.index);
  return (
    earlier.findLast((stage) => stage.name?.text.toLowerCase() === lower) ??
    earlier[/^\d+$/.test(name) ? Number(name) : -1]
  );
}

function sourcesOf(instruction: Instruction): readonly string[] {
  if (instruction.keyword === "COPY" || instruction.keyword === "ADD") {
    const from = flagOf(instruction, "from")?.value;
    return from === undefined ? [] : [from];
  }
  if (instruction.keyword !== "RUN") return [];
  return instruction.flags.flatMap(({ name, value }) => {
    const from = name === "mount" ? /(?:^|,)from=([^,]+)/.exec(value ?? "")?.[1] : undefined;
    return from === undefined ? [] : [from];
  });
}
