import type { Lookup } from "../model/expand";
import { lineage } from "../model/image-config";
import { lookupAt, type Stage } from "../model/model";
import { posix } from "../model/paths";
import { withScript, wordValue } from "../shell/expand";
import { scriptOf } from "../shell/instruction-script";
import type { ShellCommand } from "../shell/script";
import type { Instruction, Syntax } from "../syntax/instruction";
import type { RunCommand } from "../toolchains/toolchain";

/** The commands of a stage's RUN instructions and of those of the stages it stands on, in the order in which they run. */
export function commandsOf(syntax: Syntax, stage: Stage): readonly RunCommand[] {
  return lineage(stage).flatMap((each) => stageCommands(syntax, each));
}

/** The commands of a stage's own RUN instructions, a list for each RUN that has any, in the order in which they run. */
export function commandsByRun(syntax: Syntax, stage: Stage): readonly (readonly RunCommand[])[] {
  const runs = new Map<Instruction, RunCommand[]>();
  for (const command of stageCommands(syntax, stage)) {
    const run = runs.get(command.instruction);
    if (run) run.push(command);
    else runs.set(command.instruction, [command]);
  }
  return [...runs.values()];
}

/** A stage with more RUN instructions was written by no person; it is not looked into, so that an answer takes no second. */
const MAX_RUNS = 10_000;

const byStage = new WeakMap<Stage, readonly RunCommand[]>();

function stageCommands(syntax: Syntax, stage: Stage): readonly RunCommand[] {
  const known = byStage.get(stage);
  if (known) return known;
  let shell = true;
  const commands: RunCommand[] = [];
  const runs = stage.instructions.filter(({ keyword }) => keyword === "RUN").length;
  if (runs > MAX_RUNS) return commands;
  stage.instructions.forEach((instruction, at) => {
    if (instruction.keyword === "SHELL") shell = isUnixShell(instruction);
    if (instruction.keyword !== "RUN" || !(shell || instruction.json)) return;
    const place = {
      stage,
      instruction,
      at,
      lookup: lookupAt(stage, at),
      folder: stage.scope.workdir(at),
      via: undefined,
    };
    for (const command of scriptOf(syntax, instruction).commands) commands.push(runCommand(place, command));
  });
  byStage.set(stage, commands);
  return commands;
}

/** PowerShell and cmd have a language of their own, which is left alone. */
function isUnixShell(instruction: Instruction): boolean {
  return /(?:^|\/)(?:ba|da|a)?sh$/.test(instruction.json?.[0]?.text ?? "");
}

/** Where a command runs, and what it sees. */
export interface CommandPlace {
  readonly stage: Stage;
  readonly instruction: Instruction;
  readonly at: number;
  /** Variables before the command's own script sets any. */
  readonly lookup: Lookup;
  /** The folder that its script begins in. */
  readonly folder: string | undefined;
  /** The command of the Dockerfile that runs it, where that is another. */
  readonly via: RunCommand | undefined;
}

/** A command of a script, with what it sees. */
export function runCommand(place: CommandPlace, command: ShellCommand): RunCommand {
  const { stage, instruction, at, via } = place;
  const outer = withScript(command, place.lookup);
  const words = [command.name, ...command.args].map((word) => ({ word, value: wordValue(word, outer) }));
  const own = new Map(command.assignments.map(({ name, value }) => [name, wordValue(value, outer)]));
  if (words[0]?.value === "env") {
    words.shift();
    for (
      let match = /^(\w+)=(.*)$/s.exec(words[0]?.value ?? "");
      match;
      match = /^(\w+)=(.*)$/s.exec(words[0]?.value ?? "")
    ) {
      own.set(match[1] ?? "", match[2]);
      words.shift();
    }
  }
  const [program = { word: command.name, value: undefined }, ...args] = words;
  const lookup: Lookup = (name) => (own.has(name) ? own.get(name) : outer(name));
  return {
    stage,
    instruction,
    at,
    command,
    program: program.value === undefined ? undefined : posix.basename(program.value),
    programWord: program.word,
    args,
    lookup,
    folder: folderOf(place.folder, command, outer),
    via,
  };
}

function folderOf(start: string | undefined, command: ShellCommand, lookup: Lookup): string | undefined {
  if (command.folders === undefined) return undefined;
  const moves: (string | undefined)[] = [];
  for (let chain = command.folders === "none" ? undefined : command.folders; chain; chain = chain.before)
    moves.unshift(wordValue(chain.last, lookup));
  let folder = start;
  for (const move of moves) {
    if (move === undefined || (folder === undefined && !move.startsWith("/"))) return undefined;
    folder = posix.join(folder ?? "/", move);
  }
  return folder;
}
