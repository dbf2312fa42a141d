import { lineage } from "../../model/image-config";
import type { Stage } from "../../model/model";
import { neededStages } from "../../model/reach";
import { shellAt } from "../../model/shells";
import { isShell } from "../../shell/shell-words";
import { bodySpan, type Instruction, type Syntax } from "../../syntax/instruction";
import type { Span } from "../../text/span";
import type { FileContext } from "../context";
import { interpreterOf } from "./interpreters";
import { lacksProgram } from "./programs";
import type { Start } from "./start";
import { deadScript } from "./started-script";

/** An instruction that needs a shell which its stage surely lacks. */
export interface MissingShell {
  readonly stage: Stage;
  readonly instruction: Instruction;
  /** Where to say so. */
  readonly span: Span;
  /** It is in shell form, it names the shell itself, or it starts what looks like a script of a shell. */
  readonly how: "form" | "word" | "script";
  /** The shell as it is named, and the script where there is one. */
  readonly shell: string;
  readonly script?: string;
  /** The start that it is part of; undefined for a RUN. */
  readonly start: Start | undefined;
  readonly certain: boolean;
}

/** What of the file fails for want of a shell, the health check aside: a RUN when it is built, CMD and ENTRYPOINT at the start. */
export function missingShells(context: FileContext): readonly MissingShell[] {
  const runs = [...neededStages(context.model)].flatMap((stage) => missingInRun(context, stage) ?? []);
  const starts = context.targets.flatMap(({ stage, certain }) => missingAtStart(context, stage, certain) ?? []);
  const told = new Set<Instruction>();
  return [...runs, ...starts].filter(({ instruction }) => !told.has(instruction) && told.add(instruction));
}

/** The first RUN of a stage that needs a shell: where it fails, no later one runs. */
function missingInRun(context: FileContext, stage: Stage): MissingShell | undefined {
  const at = stage.instructions.findIndex((each) => each.keyword === "RUN" && usesShell(each, context.syntax));
  const instruction = stage.instructions[at];
  if (!instruction || mayMountShell(instruction)) return undefined;
  const [word] = instruction.json ?? [];
  const shell = word?.text ?? shellAt(stage, at)?.[0];
  // The base is asked first: its answer costs nothing.
  if (!shell?.startsWith("/") || !isShell(shell) || context.base(stage).path(shell) !== "absent") return undefined;
  if (context.presenceBefore(stage, at, shell).kind !== "absent") return undefined;
  const span = word?.span ?? bodySpan(instruction, 0, instruction.body.length);
  return { stage, instruction, span, how: word ? "word" : "form", shell, start: undefined, certain: true };
}

/** A heredoc that names its own interpreter needs no shell. */
function usesShell({ json, heredocs, body }: Instruction, { text }: Syntax): boolean {
  if (json) return isShell(json[0]?.text ?? "");
  const [heredoc] = heredocs;
  return !(heredoc && /^\d*<</.test(body) && text.startsWith("#!", heredoc.body.start));
}

/** Another image's folder, mounted for this RUN, may bring a shell. */
function mayMountShell({ flags }: Instruction): boolean {
  return flags.some(({ name, value = "" }) => name === "mount" && !/\btype=(?:cache|secret|ssh|tmpfs)\b/.test(value));
}

function missingAtStart(context: FileContext, stage: Stage, certain: boolean): MissingShell | undefined {
  const start = context.start(stage);
  const instruction = start && mainOf(start);
  if (!start || !instruction || !runsWords(start)) return undefined;
  const lacks = (word: string) => lacksProgram(context, stage, word);
  const common = { stage, instruction, span: start.span, start };
  const shell = instruction.json ? instruction.json[0]?.text : start.shell?.[0];
  // Behind an interpreter the words of exec form are a file to run.
  const passed = (start.inherited?.length ?? 0) > 0 && instruction.json !== undefined;
  if (shell === undefined || passed) return undefined;
  if (isShell(shell))
    return lacks(shell) ? { ...common, how: instruction.json ? "word" : "form", shell, certain } : undefined;
  const isScript = /\.(?:sh|bash)$/.test(shell) && instruction.json !== undefined;
  if (!isScript || !["/bin/sh", "/bin/bash", "/busybox/sh"].every(lacks)) return undefined;
  // Its first line is known: interpreter-mismatch says what that line wants.
  if (deadScript(context, stage)) return undefined;
  return { ...common, how: "script", shell: "/bin/sh", script: shell, certain: false };
}

/** The instruction whose first word is what Docker executes, behind the base's entrypoint. */
function mainOf({ entrypoint, command }: Start): Instruction | undefined {
  return entrypoint && entrypoint.json?.length !== 0 ? entrypoint : command;
}

/** What stands before the words of CMD is nothing, or an interpreter, which takes them for its own. */
function runsWords({ inherited }: Start): boolean {
  return inherited !== undefined && (inherited.length === 0 || interpreterOf(inherited) !== undefined);
}

/** What a stage stands on, as it is written. */
export function baseNamed(stage: Stage): string {
  return lineage(stage)[0]?.base.token?.text ?? "the base image";
}
