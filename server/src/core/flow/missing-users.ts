import { expandWord } from "../model/expand";
import { lookupAt, type Stage } from "../model/model";
import { neededStages } from "../model/reach";
import { flagOf, type Instruction } from "../syntax/instruction";
import type { FileContext } from "./context";
import { userPresence } from "./users";

/** A user who is named where the stage lacks him. */
export interface MissingUser {
  readonly stage: Stage;
  readonly instruction: Instruction;
  readonly name: string;
  /** The group behind the colon. */
  readonly group: string | undefined;
  /**
   * Who asks for the name: a RUN or the start as that user, the owner of what is copied, or that of a `COPY --link`, which
   * sees nothing of the stage (BuildKit cannot look up a name there: moby/buildkit#7134).
   */
  readonly by: "run" | "start" | "owner" | "link";
  readonly certain: boolean;
}

/** The users that a build or a start looks up by name and does not find. Numbers need no look-up; a variable that is not known says nothing. */
export function missingUsers(context: FileContext): readonly MissingUser[] {
  const targets = new Map(context.targets.map((target) => [target.stage, target]));
  const told = new Set<Instruction>();
  const stages = [...neededStages(context.model)].sort((a, b) => a.index - b.index);
  const left = usersLeft(stages);
  const below = ({ base }: Stage) => (base.kind === "stage" ? left.get(base.stage) : undefined);
  return stages
    .flatMap((stage) => [...namesIn(context, stage, targets.get(stage), below(stage))])
    .filter(({ instruction }) => !told.has(instruction) && told.add(instruction));
}

interface InForce {
  readonly instruction: Instruction;
  readonly value: string | undefined;
}

function* namesIn(
  context: FileContext,
  stage: Stage,
  target: { readonly certain: boolean } | undefined,
  inherited: InForce | undefined,
): Generator<MissingUser> {
  let user = inherited;
  for (const [at, instruction] of stage.instructions.entries()) {
    if (instruction.keyword === "USER") user = { instruction, value: stage.scope.user(at + 1) };
    if (instruction.keyword === "RUN" && user) {
      yield* named(context, stage, user, "run", true, at);
      user = undefined;
    }
    const owner = ownerOf(context, stage, instruction, at);
    if (owner) yield* named(context, stage, owner, isLink(instruction) ? "link" : "owner", true, at);
  }
  if (user && target) yield* named(context, stage, user, "start", target.certain, stage.instructions.length);
}

/** The USER in force at the end of each stage; one comes after those that it stands on. */
function usersLeft(stages: readonly Stage[]): ReadonlyMap<Stage, InForce | undefined> {
  const left = new Map<Stage, InForce | undefined>();
  for (const stage of stages) {
    const at = stage.instructions.findLastIndex(({ keyword }) => keyword === "USER");
    const instruction = stage.instructions[at];
    const own = instruction && { instruction, value: stage.scope.user(at + 1) };
    left.set(stage, own ?? (stage.base.kind === "stage" ? left.get(stage.base.stage) : undefined));
  }
  return left;
}

function isLink(instruction: Instruction): boolean {
  const flag = flagOf(instruction, "link");
  return flag !== undefined && flag.value !== "false";
}

function ownerOf(context: FileContext, stage: Stage, instruction: Instruction, at: number): InForce | undefined {
  if (instruction.keyword !== "COPY" && instruction.keyword !== "ADD") return undefined;
  const raw = flagOf(instruction, "chown")?.value;
  return raw ? { instruction, value: expandWord(raw, lookupAt(stage, at), context.syntax.escape) } : undefined;
}

function* named(
  context: FileContext,
  stage: Stage,
  { instruction, value }: InForce,
  by: MissingUser["by"],
  certain: boolean,
  at: number,
): Generator<MissingUser> {
  const [name = "", group] = (value ?? "").trim().split(":", 2);
  if (!/^[a-z_][\w.-]*$/i.test(name) || (name === "root" && (by === "owner" || by === "link"))) return;
  const presence = userPresence(context, stage, name, at);
  if (by === "link") yield { stage, instruction, name, group, by, certain: false };
  else if (presence === "absent" || presence === "unlikely")
    yield { stage, instruction, name, group, by, certain: certain && presence === "absent" };
}
