import type { Stage } from "../../model/model";
import { posix } from "../../model/paths";
import type { Span } from "../../text/span";
import type { FileContext } from "../context";
import { lacksProgram, startPaths } from "./programs";
import type { Start } from "./start";

/** A script of the folder that an image starts, and that the kernel cannot run there. */
export interface DeadScript {
  readonly span: Span;
  /** The path of the script in the image. */
  readonly script: string;
  /** Its interpreter is not there, its first line ends in a carriage return, or it names no interpreter. */
  readonly why: "missing" | "carriage-return" | "unnamed";
  /** The interpreter as the first line names it. */
  readonly interpreter: string;
}

/**
 * What is wrong with the first line of the script that a stage starts (Linux, fs/binfmt_script.c); undefined where nothing
 * is, where no step leaves the script as the folder has it, or where the folder was not seen.
 */
export function deadScript(context: FileContext, stage: Stage): DeadScript | undefined {
  const start = context.start(stage);
  const { firstLines } = context.project;
  if (!start || !firstLines?.size || !isRun(start)) return undefined;
  const script = scriptIn(context, stage);
  const line = script && firstLines.get(script.source);
  if (!script || line === undefined || rewritesLines(context, stage)) return undefined;
  const wrong = faultOf(context, stage, line, start.shellForm !== undefined);
  return wrong && { span: start.span, script: script.path, ...wrong };
}

/** The first word is what the engine executes itself, or what a shell does. */
function isRun({ process, argv, shellForm, inherited }: Start): boolean {
  return argv?.[0] !== undefined && (process?.[0] === argv[0] || (shellForm !== undefined && inherited?.length === 0));
}

/** Where the first word leads, and which file of the context stands there as it was copied. */
function scriptIn(context: FileContext, stage: Stage): { readonly path: string; readonly source: string } | undefined {
  for (const path of startPaths(context, stage) ?? []) {
    const found = context.presence(stage, path);
    if (found.kind === "absent") continue;
    const content = found.kind === "there" && !found.rewritten ? found.maker?.content : undefined;
    return content?.kind === "context" ? { path, source: posix.normalize(content.path) } : undefined;
  }
  return undefined;
}

/** A command that takes carriage returns out of files that it finds itself. */
function rewritesLines(context: FileContext, stage: Stage): boolean {
  return context
    .view(stage)
    .commands.some(({ program, args }) =>
      args.some(({ value, word }) =>
        program === "find" || program === "xargs"
          ? /(?:^|\/)(?:sed|perl|tr|dos2unix)$/.test(value ?? word.text)
          : /\\r|\\015|\\x0d|dos2unix/.test(value ?? word.text),
      ),
    );
}

function faultOf(
  context: FileContext,
  stage: Stage,
  line: string,
  byShell: boolean,
): Pick<DeadScript, "why" | "interpreter"> | undefined {
  // A shell runs what the kernel refuses as a script of its own.
  if (!line.startsWith("#!")) return byShell ? undefined : { why: "unnamed", interpreter: "" };
  const [interpreter = "", ...args] = line
    .slice(2)
    .split(/[ \t]+/)
    .filter(Boolean);
  if (!interpreter.startsWith("/")) return undefined;
  const named = interpreter === "/usr/bin/env" ? args[0] : interpreter;
  const alone = interpreter === "/usr/bin/env" ? args.length === 1 && !args[0]?.startsWith("-") : args.length === 0;
  if (named?.endsWith("\r")) return alone ? { why: "carriage-return", interpreter: named.slice(0, -1) } : undefined;
  if (line.endsWith("\r") || named === undefined || /[-=]/.test(named[0] ?? "-") || named.includes("="))
    return undefined;
  if (context.isAbsent(stage, interpreter)) return { why: "missing", interpreter };
  return named !== interpreter && lacksProgram(context, stage, named)
    ? { why: "missing", interpreter: named }
    : undefined;
}
