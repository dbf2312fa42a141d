import type { Lookup } from "../../model/expand";
import { lineage } from "../../model/image-config";
import { lookupAt, type Stage } from "../../model/model";
import { shellAt } from "../../model/shells";
import { scriptOf } from "../../shell/instruction-script";
import { shellMode } from "../../shell/shell-words";
import type { Instruction, Syntax } from "../../syntax/instruction";
import { rememberedBeside } from "../../text/remembered";
import type { RunCommand } from "../../toolchains/toolchain";
import { runCommands } from "./run-command";
import type { CommandPlace } from "./surroundings";

/** The commands of a stage's RUN instructions and of those of the stages it stands on, in the order in which they run. */
export function commandsOf(syntax: Syntax, stage: Stage): readonly RunCommand[] {
  const runs = lineage(stage).map((each) => stageRuns(each, syntax).commands);
  return runs.length === 1 ? (runs[0] ?? []) : runs.flat();
}

/** The commands of a stage's own RUN instructions, a list for each RUN that has any, in the order in which they run. */
export function commandsByRun(syntax: Syntax, stage: Stage): readonly (readonly RunCommand[])[] {
  return stageRuns(stage, syntax).byRun;
}

/**
 * Whether a RUN of a stage may do more than its commands tell: it is too long, broken, or in a language that is not the
 * shell's. What such a RUN leaves behind is unknown.
 */
export function isUnread(syntax: Syntax, stage: Stage, run: Instruction): boolean {
  const { unread } = stageRuns(stage, syntax);
  return unread === "all" || unread.has(run);
}

/** A file with more RUN instructions was written by no person; none is looked into, so that an answer takes no second. */
export const MAX_RUNS = 2_500;

interface StageRuns {
  readonly commands: readonly RunCommand[];
  readonly byRun: readonly (readonly RunCommand[])[];
  readonly unread: ReadonlySet<Instruction> | "all";
}

const runsIn = rememberedBeside(
  ({ instructions }: Syntax) => instructions.filter(({ keyword }) => keyword === "RUN").length,
);

const modeOf = rememberedBeside(shellMode);

/** Where a RUN runs its script. */
class RunPlace implements CommandPlace {
  readonly folder: string | undefined;
  readonly user: string | undefined;
  readonly via = undefined;

  constructor(
    readonly stage: Stage,
    readonly instruction: Instruction,
    readonly at: number,
  ) {
    this.folder = stage.scope.workdir(at);
    this.user = stage.scope.user(at);
  }

  get lookup(): Lookup {
    return lookupAt(this.stage, this.at);
  }
}

const stageRuns = rememberedBeside(readRuns);

function readRuns(stage: Stage, syntax: Syntax): StageRuns {
  if (runsIn(syntax) > MAX_RUNS) return { commands: [], byRun: [], unread: "all" };
  const byRun: (readonly RunCommand[])[] = [];
  const unread = new Set<Instruction>();
  stage.instructions.forEach((instruction, at) => {
    if (instruction.keyword !== "RUN") return;
    const shell = shellAt(stage, at);
    const script = scriptOf(syntax, instruction, (shell && modeOf(shell)) ?? "other");
    if (script.unread) unread.add(instruction);
    const commands = runCommands(new RunPlace(stage, instruction, at), script);
    if (commands.length > 0) byRun.push(commands);
  });
  return { commands: byRun.flat(), byRun, unread };
}
