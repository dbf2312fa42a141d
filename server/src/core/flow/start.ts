import { lineage } from "../model/image-config";
import { lookupAt, type Model, type Stage } from "../model/model";
import { posix } from "../model/paths";
import { scriptOf } from "../shell/instruction-script";
import { plainWords } from "../shell/plain-words";
import type { Instruction, Syntax, Token } from "../syntax/instruction";
import type { Span } from "../text/span";

/** How an image is started: by its ENTRYPOINT and CMD. */
export interface Start {
  /** The instructions that say so, in document order. */
  readonly instructions: readonly Instruction[];
  /** The words of the program; undefined where they cannot be told without a shell. */
  readonly argv: readonly string[] | undefined;
  /** Why there is no argv, or why it is that of a shell which has to stay: a sentence. */
  readonly why: string | undefined;
  /** The instruction that starts a shell, which runs the argv; where that is plain words, it can do without. */
  readonly shellForm: Instruction | undefined;
  /** The first word where it is written, for a finding. */
  readonly span: Span;
}

/** The start that the file itself sets for a stage; undefined where it sets none and inherits the base's. */
export function startOf(model: Model, stage: Stage): Start | undefined {
  const { entrypoint, command } = startInstructions(stage);
  const main = entrypoint ?? command;
  if (!main) return undefined;
  const instructions = [entrypoint, command]
    .filter((item) => item !== undefined)
    .sort((a, b) => a.span.start - b.span.start);
  const read = readArgv(model.syntax, stage, main, entrypoint && command);
  const span = main.json?.[0]?.span ?? main.line.sourceSpan(main.bodyAt, main.bodyAt + main.body.length);
  return { instructions, ...read, span };
}

/** The CMD and ENTRYPOINT in force at the end of a stage; an ENTRYPOINT resets the CMD that it inherited. */
function startInstructions(stage: Stage): { entrypoint: Instruction | undefined; command: Instruction | undefined } {
  let entrypoint: Instruction | undefined;
  let command: Instruction | undefined;
  for (const { instructions } of lineage(stage)) {
    const own = instructions.findLast(({ keyword }) => keyword === "ENTRYPOINT");
    if (own) command = undefined;
    entrypoint = own ?? entrypoint;
    command = instructions.findLast(({ keyword }) => keyword === "CMD") ?? command;
  }
  return { entrypoint, command };
}

type Argv = Pick<Start, "argv" | "why" | "shellForm">;

function readArgv(syntax: Syntax, stage: Stage, main: Instruction, rest: Instruction | undefined): Argv {
  if (rest && !main.json) return untold(main, "ENTRYPOINT is in shell form, which ignores the CMD beside it.");
  if (rest && !rest.json)
    return untold(undefined, "CMD is in shell form beside an ENTRYPOINT: its words begin with a shell.");
  if (main.json) {
    const argv = [...texts(main.json), ...texts(rest?.json ?? [])];
    return throughShell(stage, main, argv) ?? { argv, why: undefined, shellForm: undefined };
  }
  const read = plainWords(main.body.trim(), lookupAt(stage, stage.instructions.length), scriptOf(syntax, main));
  return "words" in read
    ? { argv: read.words, why: undefined, shellForm: main }
    : untold(main, needsShell(main, read.needs));
}

function untold(shellForm: Instruction | undefined, why: string): Argv {
  return { argv: undefined, why, shellForm };
}

/** `["sh", "-c", "./app"]` is the shell form, written out; on scratch there is no shell, and it starts nothing. */
function throughShell(stage: Stage, main: Instruction, argv: readonly string[]): Argv | undefined {
  const [shell = "", flag, script, ...others] = argv;
  if (!SHELL.test(shell) || flag !== "-c" || script === undefined || others.length > 0) return undefined;
  if (lineage(stage)[0]?.base.kind === "scratch") return undefined;
  const read = plainWords(script.trim(), lookupAt(stage, stage.instructions.length));
  if ("words" in read) return { argv: read.words, why: undefined, shellForm: main };
  return { argv, why: needsShell(main, read.needs), shellForm: undefined };
}

const SHELL = /^(?:\/(?:usr\/)?bin\/)?(?:ba|da|a)?sh$/;

function needsShell({ keyword }: Instruction, needs: string): string {
  return `${keyword} ${needs}, which needs a shell; distroless and scratch have none.`;
}

function texts(tokens: readonly Token[]): readonly string[] {
  return tokens.map(({ text }) => text);
}

/** Programs that give a person a prompt: an image that starts one is a toolbox, not a program. */
const SHELLS = new Set(["sh", "bash", "ash", "dash", "zsh", "fish", "tail", "sleep"]);

export function startsShell(start: Start): boolean {
  const program = posix.basename(start.argv?.[0] ?? "");
  return SHELLS.has(program) && !start.argv?.includes("-c");
}

/** The script of a shell that an image starts, by itself or by the shell's name; undefined where it starts none. */
export function scriptStarted([program = "", first = ""]: readonly string[]): string | undefined {
  const word = SHELL.test(program) ? first : program;
  return /\.(?:sh|bash)$/.test(word) ? word : undefined;
}

/** Folders of PATH that the bases of a final stage look into, in their order. */
export const DEFAULT_PATH: readonly string[] = [
  "/usr/local/sbin",
  "/usr/local/bin",
  "/usr/sbin",
  "/usr/bin",
  "/sbin",
  "/bin",
];

/**
 * Where the artifact of a build has to stand so that the program's first word finds it: at its own path, or, where the
 * word has no slash and `path` (the PATH of the old stage) leads to it, in a folder of the final image's PATH.
 * Undefined where the word means another file.
 */
export function programPath(
  word: string,
  workdir: string,
  artifact: string,
  path: readonly string[],
): string | undefined {
  if (word.includes("/")) return posix.join(workdir, word) === artifact ? artifact : undefined;
  const folder = posix.dirname(artifact);
  if (word !== posix.basename(artifact) || !path.includes(folder)) return undefined;
  return DEFAULT_PATH.includes(folder) ? artifact : `/usr/local/bin/${word}`;
}
