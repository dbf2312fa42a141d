import { flagOf, type Reading } from "../syntax/instruction";
import { groupBy } from "../text/group";
import { remembered, rememberedBeside } from "../text/remembered";
import type { Model, Stage } from "./model";

/** A file with more stages was written by no person; only its last one is looked at, so that an answer takes no second. */
const MAX_STAGES = 500;

/**
 * The stages that a build of others runs, of the last one where nothing else is said: those it stands on and those it
 * copies or mounts from. BuildKit leaves out all others.
 */
export function neededStages(
  model: Model,
  roots: readonly Stage[] = model.final ? [model.final] : [],
): ReadonlySet<Stage> {
  if (model.stages.length > MAX_STAGES) return new Set(roots);
  const needed = new Set<Stage>();
  const waiting = [...roots];
  for (let stage = waiting.pop(); stage; stage = waiting.pop()) {
    if (needed.has(stage)) continue;
    needed.add(stage);
    if (stage.base.kind === "stage") waiting.push(stage.base.stage);
    for (const name of sourcesIn(stage)) {
      const source = stageNamed(model, stage, name);
      if (source) waiting.push(source);
    }
  }
  return needed;
}

/**
 * The stages that another one may use: stands on, copies from or mounts from. Undefined where any may be used, for a
 * variable names the stage. Of stages with one name the last counts, and all of them where the user stands between.
 */
export function usedStages(model: Model): ReadonlySet<Stage> | undefined {
  const { stages } = model;
  if (stages.length > MAX_STAGES) return undefined;
  const used = new Set<Stage>();
  for (const stage of stages) {
    if (stage.base.token?.text.includes("$")) return undefined;
    if (stage.base.kind === "stage") used.add(stage.base.stage);
    for (const name of sourcesIn(stage)) {
      if (name.includes("$")) return undefined;
      const same = namedIn(model).get(name.toLowerCase()) ?? [];
      const last = same.at(-1);
      const meant = last && last.index < stage.index ? [last] : same;
      for (const each of [...meant, stages[numberOf(name)]]) if (each && each !== stage) used.add(each);
    }
  }
  return used;
}

/** The stage that a `--from` of another stage means, by name or number; undefined where it is an image or another context. */
export function stageNamed(model: Model, user: Pick<Stage, "index">, name: string): Stage | undefined {
  const number = numberOf(name);
  return (
    namedIn(model)
      .get(name.toLowerCase())
      ?.findLast(({ index }) => index < user.index) ?? (number < user.index ? model.stages[number] : undefined)
  );
}

function numberOf(name: string): number {
  return /^\d+$/.test(name) ? Number(name) : -1;
}

/** The stages of each name, in lower case, in document order. */
export const namedIn = rememberedBeside(({ stages }: Model): ReadonlyMap<string, readonly Stage[]> => {
  const named = stages.filter(({ name }) => name !== undefined);
  return groupBy(named, ({ name }) => name?.text.toLowerCase() ?? "");
});

/** What a stage copies and mounts from, as it is written. */
const sourcesIn = rememberedBeside((stage: Stage): readonly string[] => {
  const found: string[] = [];
  for (const { reading } of stage.instructions) for (const name of sourcesOf(reading)) found.push(name);
  return found;
});

const NONE: readonly string[] = [];

const sourcesOf = remembered((instruction: Reading): readonly string[] => {
  const { keyword, flags, body } = instruction;
  if (keyword === "COPY" || keyword === "ADD") {
    const from = flagOf(instruction, "from")?.value;
    return from === undefined ? NONE : [from];
  }
  // A trigger runs in a stage that stands on this one.
  if (keyword === "ONBUILD") return [...body.matchAll(/\bfrom=([^\s,"']+)/gi)].map(([, name = ""]) => name);
  if (keyword !== "RUN" || flags.length === 0) return NONE;
  return flags.flatMap(({ name, value }) => {
    const from = name === "mount" ? /(?:^|,)\s*"?from=([^,"]+)/i.exec(value ?? "")?.[1] : undefined;
    return from === undefined ? [] : [from];
  });
});
