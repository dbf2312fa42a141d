import { expandWord } from "../../model/expand";
import { lookupAt, type Stage } from "../../model/model";
import { neededStages } from "../../model/reach";
import { flagOf, type Instruction } from "../../syntax/instruction";
import type { FileContext } from "../context";
import { lacksGroup } from "./groups";
import { userPresence } from "./users";

/** A user who is named where the stage lacks him. */
export interface MissingUser {
  readonly stage: Stage;
  readonly instruction: Instruction;
  readonly name: string;
  /** The group behind the colon. */
  readonly group: string | undefined;
  /** Which of the two the stage lacks. */
  readonly lacks: "user" | "group";
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
  return [...neededStages(context.model)]
    .sort((a, b) => a.index - b.index)
    .flatMap((stage) => [...namesIn(context, stage, targets.get(stage))])
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
): Generator<MissingUser> {
  let user = inheritedUser(stage);
  const { instructions } = stage;
  for (let at = 0; at < instructions.length; at++) {
    const instruction = instructions[at] as Instruction;
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

/** The USER in force at the end of the stage below. */
function inheritedUser({ base }: Stage): InForce | undefined {
  return base.kind === "stage" ? userAtEnd(base.stage) : undefined;
}

const ends = new WeakMap<Stage, { readonly user: InForce | undefined }>();

/** Without recursion and remembered: a chain of 40,000 stages is a file too. */
function userAtEnd(stage: Stage): InForce | undefined {
  const asked: Stage[] = [];
  let user: InForce | undefined;
  for (let at: Stage | undefined = stage; at && !user; at = at.base.kind === "stage" ? at.base.stage : undefined) {
    const known = ends.get(at);
    user = known ? known.user : ownUser(at);
    if (known) break;
    asked.push(at);
  }
  for (const each of asked) ends.set(each, { user });
  return user;
}

function ownUser({ instructions, scope }: Stage): InForce | undefined {
  const at = instructions.findLastIndex(({ keyword }) => keyword === "USER");
  const instruction = instructions[at];
  return instruction && { instruction, value: scope.user(at + 1) };
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

const NAME = /^[a-z_][\w.-]*$/i;

function* named(
  context: FileContext,
  stage: Stage,
  { instruction, value }: InForce,
  by: MissingUser["by"],
  certain: boolean,
  at: number,
): Generator<MissingUser> {
  const [name = "", group] = (value ?? "").trim().split(":", 2);
  const common = { stage, instruction, name, group, by } as const;
  const isOwner = by === "owner" || by === "link";
  const isAsked = NAME.test(name) && !(name === "root" && isOwner);
  const presence = isAsked ? userPresence(context, stage, name, at) : "there";
  if (by === "link") {
    if (isAsked) yield { ...common, lacks: "user", certain: false };
  } else if (presence === "absent" || presence === "unlikely")
    yield { ...common, lacks: "user", certain: certain && presence === "absent" };
  else if (!isOwner && group !== undefined && NAME.test(group) && lacksGroup(context, stage, group, at))
    yield { ...common, lacks: "group", certain };
}
