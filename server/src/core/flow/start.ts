import { imageSettings, lineage } from "../model/image-config";
import { lookupAt, type Model, type Stage } from "../model/model";
import { posix } from "../model/paths";
import { wordValue } from "../shell/expand";
import { scriptOf } from "../shell/instruction-script";
import type { Instruction, Syntax, Token } from "../syntax/instruction";
import type { Span } from "../text/span";

/** How an image is started: by its ENTRYPOINT and CMD. */
export interface Start {
  /** The instructions that say so, in document order. */
  readonly instructions: readonly Instruction[];
  /** The words of the program; undefined where they cannot be told without a shell. */
  readonly argv: readonly string[] | undefined;
  /** Why there is no argv: a sentence. */
  readonly why: string | undefined;
  /** The shell-form instruction whose plain words make the argv; it needs a shell as it is written. */
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
  return { instructions, ...read, shellForm: main.json ? undefined : main, span };
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

type Argv = Pick<Start, "argv" | "why">;

function readArgv(syntax: Syntax, stage: Stage, main: Instruction, rest: Instruction | undefined): Argv {
  if (rest && !main.json)
    return { argv: undefined, why: "ENTRYPOINT is in shell form, which ignores the CMD beside it." };
  if (rest && !rest.json)
    return { argv: undefined, why: "CMD is in shell form beside an ENTRYPOINT: its words begin with a shell." };
  if (main.json) return { argv: [...texts(main.json), ...texts(rest?.json ?? [])], why: undefined };
  return plainWords(syntax, stage, main);
}

function texts(tokens: readonly Token[]): readonly string[] {
  return tokens.map(({ text }) => text);
}

/** Shell form whose words mean the same without a shell: one command, no variables, globs or redirections. */
function plainWords(syntax: Syntax, stage: Stage, instruction: Instruction): Argv {
  const needsShell = (what: string): Argv => ({
    argv: undefined,
    why: `${instruction.keyword} ${what}, which needs a shell; distroless and scratch have none.`,
  });
  const { commands, error } = scriptOf(syntax, instruction);
  const [command] = commands;
  if (error || !command) return needsShell("cannot be read as a command");
  if (commands.length > 1) return needsShell("runs more than one command");
  if (command.assignments.length > 0) return needsShell("sets a variable");
  const source = instruction.body.trim();
  if (/[<>|&;(){}`\n]/.test(source)) return needsShell("redirects or combines commands");
  if (/(?:^|\s)#/.test(source)) return needsShell("has a comment of the shell's");
  if (/[*?[~]/.test(source)) return needsShell("expands names of files");
  const lookup = lookupAt(stage, stage.instructions.length);
  if (source.includes("$")) return needsShell("expands a variable");
  const words = [command.name, ...command.args].map((word) => wordValue(word, lookup));
  if (words[0] === "exec") words.shift();
  return words.every((word) => word !== undefined) && words.length > 0
    ? { argv: words as string[], why: undefined }
    : needsShell("cannot be read as plain words");
}

/** Programs that give a person a prompt: an image that starts one is a toolbox, not a program. */
const SHELLS = new Set(["sh", "bash", "ash", "dash", "zsh", "fish", "tail", "sleep"]);

export function startsShell(start: Start): boolean {
  const program = posix.basename(start.argv?.[0] ?? "");
  return SHELLS.has(program) && !start.argv?.includes("-c");
}

/** Folders of PATH that the bases of a final stage look into, in their order. */
const DEFAULT_PATH = ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"];

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

/** The folders that PATH of a stage surely has. */
export function pathFolders(model: Model, stage: Stage, baseName: string | undefined): readonly string[] {
  const own = imageSettings(model, stage).get("ENV PATH")?.value.split(":") ?? [];
  // golang's own ENV PATH (docker-library/golang).
  const base = baseName === "golang" ? ["/go/bin", "/usr/local/go/bin"] : [];
  return [...own, ...base, ...DEFAULT_PATH];
}
