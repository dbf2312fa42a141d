import { lineage } from "../../model/image-config";
import { lookupAt, type Stage } from "../../model/model";
import { shellAt } from "../../model/shells";
import { scriptOf } from "../../shell/instruction-script";
import { type AssignedWords, assignedWords, plainWords } from "../../shell/plain-words";
import { isShell, shellMode } from "../../shell/shell-words";
import type { Instruction, Syntax, Token } from "../../syntax/instruction";

/** A CMD or an ENTRYPOINT with the stage in which it stands. */
export interface Placed {
  readonly instruction: Instruction;
  readonly stage: Stage;
  readonly at: number;
}

/** What `Start` says of its words; they are described there. */
export interface Argv {
  readonly argv: readonly string[] | undefined;
  readonly why: string | undefined;
  readonly shellForm: Instruction | undefined;
  readonly assigned?: AssignedWords | undefined;
}

/** The words of the program that a stage starts: those of `main`, and behind them those of a CMD beside an ENTRYPOINT. */
export function readArgv(syntax: Syntax, stage: Stage, main: Placed, rest: Placed | undefined): Argv {
  const { instruction } = main;
  const other = rest?.instruction;
  if (other && !instruction.json)
    return untold(instruction, "ENTRYPOINT is in shell form, which ignores the CMD beside it.");
  if (other && !other.json)
    return untold(undefined, "CMD is in shell form beside an ENTRYPOINT: its words begin with a shell.");
  if (instruction.json) {
    const argv = [...texts(instruction.json), ...texts(other?.json ?? [])];
    return throughShell(stage, instruction, argv) ?? { argv, why: undefined, shellForm: undefined };
  }
  const shell = shellAt(main.stage, main.at);
  const mode = shell && shellMode(shell);
  if (!mode || mode.login)
    return untold(
      instruction,
      `${instruction.keyword} is run by ${shellNamed(shell)}, which may do more than start a program.`,
    );
  const source = instruction.body.trim();
  const lookup = lookupAt(stage, stage.instructions.length);
  const script = scriptOf(syntax, instruction, mode);
  const read = plainWords(source, lookup, script);
  if ("words" in read) return { argv: read.words, why: undefined, shellForm: instruction };
  return {
    ...untold(instruction, needsShell(instruction, read.needs)),
    assigned: assignedWords(source, lookup, script),
  };
}

function shellNamed(shell: readonly string[] | undefined): string {
  return shell ? `\`${shell.join(" ")}\`` : "a shell that is not known";
}

function untold(shellForm: Instruction | undefined, why: string): Argv {
  return { argv: undefined, why, shellForm };
}

/** `["sh", "-c", "./app"]` is the shell form, written out; on scratch there is no shell, and it starts nothing. */
function throughShell(stage: Stage, main: Instruction, argv: readonly string[]): Argv | undefined {
  const [shell = "", flag, script, ...others] = argv;
  if (!isShell(shell) || flag !== "-c" || script === undefined || others.length > 0) return undefined;
  if (lineage(stage)[0]?.base.kind === "scratch") return undefined;
  const read = plainWords(script.trim(), lookupAt(stage, stage.instructions.length));
  if ("words" in read) return { argv: read.words, why: undefined, shellForm: main };
  return { argv, why: needsShell(main, read.needs), shellForm: undefined };
}

function needsShell({ keyword }: Instruction, needs: string): string {
  return `${keyword} ${needs}, which needs a shell; distroless and scratch have none.`;
}

export function texts(tokens: readonly Token[]): readonly string[] {
  return tokens.map(({ text }) => text);
}
