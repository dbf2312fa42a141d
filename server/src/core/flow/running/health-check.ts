import { lineage } from "../../model/image-config";
import { lookupAt, type Stage } from "../../model/model";
import { posix } from "../../model/paths";
import { shellAt } from "../../model/shells";
import { wordValue } from "../../shell/expand";
import { readScript, type Script, type ShellCommand } from "../../shell/script";
import { shellMode } from "../../shell/shell-words";
import { bodySpan, type Instruction, type Token } from "../../syntax/instruction";
import { readJsonForm } from "../../syntax/json-form";
import type { Span } from "../../text/span";
import type { FileContext } from "../context";
import { lacksProgram } from "./programs";

/** The health check of an image, as its HEALTHCHECK writes it. */
export interface HealthCheck {
  readonly instruction: Instruction;
  /** Its words in exec form; undefined in shell form. */
  readonly words: readonly Token[] | undefined;
  /** The script of shell form, and the shell that the engine runs it with: that of the image's end. */
  readonly source: string;
  readonly span: Span;
  readonly shell: readonly string[] | undefined;
  readonly script: Script | undefined;
}

/** The HEALTHCHECK in force at the end of a stage; undefined where the file sets none, or switches it off. */
export function healthCheckOf(stage: Stage): HealthCheck | undefined {
  const [instruction] = lineage(stage)
    .flatMap(({ instructions }) => instructions.findLast(({ keyword }) => keyword === "HEALTHCHECK") ?? [])
    .slice(-1);
  const command = /^cmd\s+/i.exec(instruction?.body ?? "");
  if (!instruction || !command || instruction.oversized) return undefined;
  const at = command[0].length;
  const json = readJsonForm(instruction.line, instruction.bodyAt + at);
  const words = json.kind === "strings" ? json.strings : undefined;
  const source = instruction.body.slice(at).trimEnd();
  const shell = shellAt(stage, stage.instructions.length);
  const toFile = (start: number, end: number) => bodySpan(instruction, at + start, at + end);
  const mode = shell && shellMode(shell);
  const script = words || !mode ? undefined : readScript(source, toFile, mode);
  return { instruction, words, source, span: toFile(0, source.length), shell, script };
}

/** A program that a health check cannot do without, and that the image surely lacks. */
export interface MissingTool {
  readonly tool: string;
  readonly span: Span;
  /** It is the shell that shell form needs. */
  readonly isShell: boolean;
  /** The command of shell form; undefined in exec form. */
  readonly command: ShellCommand | undefined;
}

export function missingTool(context: FileContext, stage: Stage, check: HealthCheck): MissingTool | undefined {
  const { words, shell, script, span, source } = check;
  const workdir = stage.scope.workdir(stage.instructions.length);
  const isMissing = (word: string) => {
    if (!word.includes("/") || word.startsWith("/")) return lacksProgram(context, stage, word);
    return workdir !== undefined && context.presence(stage, posix.join(workdir, word)).kind === "absent";
  };
  const [first] = words ?? [];
  if (first)
    return isMissing(first.text)
      ? { tool: first.text, span: first.span, isShell: false, command: undefined }
      : undefined;
  const program = shell?.[0];
  if (program === undefined || words) return undefined;
  if (isMissing(program)) return { tool: program, span, isShell: true, command: undefined };
  if (!script || script.unread || source.includes("PATH=")) return undefined;
  const lookup = lookupAt(stage, stage.instructions.length);
  for (const command of script.commands) {
    const name = wordValue(command.name, lookup);
    // Behind these a name may mean something else.
    if (name !== undefined && MOVES.has(name)) return undefined;
    const tool = command.succeeded ? name : undefined;
    if (tool && !BUILTINS.has(tool) && isMissing(tool))
      return { tool, span: command.name.span, isShell: false, command };
  }
  return undefined;
}

/** They lead to another folder, or set PATH and other names. */
const MOVES = new Set(". source cd eval alias".split(" "));

/** What a shell does by itself. */
const BUILTINS = new Set(
  (
    ": . [ [[ alias bg break builtin case cd command continue declare echo eval exec exit export false fc fg getopts hash jobs " +
    "kill let local printf pwd read readonly return set shift source test time times trap true type typeset ulimit umask unalias unset wait"
  ).split(" "),
);
