import { lineage } from "../../model/image-config";
import { lookupAt, type Stage } from "../../model/model";
import { shellAt } from "../../model/shells";
import { scriptOf } from "../../shell/instruction-script";
import { shellMode } from "../../shell/shell-words";
import type { Instruction, Syntax } from "../../syntax/instruction";
import type { RunCommand } from "../../toolchains/toolchain";
import { runCommands } from "./run-command";

/** The commands of a stage's RUN instructions and of those of the stages it stands on, in the order in which they run. */
export function commandsOf(syntax: Syntax, stage: Stage): readonly RunCommand[] {
  return lineage(stage).flatMap((each) => stageRuns(syntax, each).commands);
}

/** The commands of a stage's own RUN instructions, a list for each RUN that has any, in the order in which they run. */
export function commandsByRun(syntax: Syntax, stage: Stage): readonly (readonly RunCommand[])[] {
  return stageRuns(syntax, stage).byRun;
}

/**
 * Whether a RUN of a stage may do more than its commands tell: it is too long, broken, or in a language that is not the
 * shell's. What such a RUN leaves behind is unknown.
 */
export function isUnread(syntax: Syntax, stage: Stage, run: Instruction): boolean {
  const { unread } = stageRuns(syntax, stage);
  return unread === "all" || unread.has(run);
}

/** A file with more RUN instructions was written by no person; none is looked into, so that an answer takes no second. */
export const MAX_RUNS = 4_000;

interface StageRuns {
  readonly commands: readonly RunCommand[];
  readonly byRun: readonly (readonly RunCommand[])[];
  readonly unread: ReadonlySet<Instruction> | "all";
}

const counts = new WeakMap<Syntax, number>();

function runsIn(syntax: Syntax): number {
  const count = counts.get(syntax) ?? syntax.instructions.filter(({ keyword }) => keyword === "RUN").length;
  counts.set(syntax, count);
  return count;
}

const byStage = new WeakMap<Stage, StageRuns>();

function stageRuns(syntax: Syntax, stage: Stage): StageRuns {
  const runs = byStage.get(stage) ?? readRuns(syntax, stage);
  byStage.set(stage, runs);
  return runs;
}

function readRuns(syntax: Syntax, stage: Stage): StageRuns {
  if (runsIn(syntax) > MAX_RUNS) return { commands: [], byRun: [], unread: "all" };
  const byRun: (readonly RunCommand[])[] = [];
  const unread = new Set<Instruction>();
  stage.instructions.forEach((instruction, at) => {
    if (instruction.keyword !== "RUN") return;
    const shell = shellAt(stage, at);
    const script = scriptOf(syntax, instruction, (shell && shellMode(shell)) ?? "other");
    if (script.unread) unread.add(instruction);
    const { scope } = stage;
    const [folder, user] = [scope.workdir(at), scope.user(at)];
    const place = { stage, instruction, at, lookup: lookupAt(stage, at), folder, user, via: undefined };
    const commands = runCommands(place, script);
    if (commands.length > 0) byRun.push(commands);
  });
  return { commands: byRun.flat(), byRun, unread };
}
