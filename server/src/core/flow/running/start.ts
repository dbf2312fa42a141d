import type { BaseImage } from "../../catalog/catalog";
import { lineage } from "../../model/image-config";
import type { Stage } from "../../model/model";
import { posix } from "../../model/paths";
import { shellAt } from "../../model/shells";
import type { AssignedWords } from "../../shell/plain-words";
import { isShell } from "../../shell/shell-words";
import type { Instruction, Syntax } from "../../syntax/instruction";
import type { Span } from "../../text/span";
import { type Placed, readArgv, texts } from "./start-words";

/** How an image is started: by its ENTRYPOINT and CMD. */
export interface Start {
  /** The instructions that say so, in document order. */
  readonly instructions: readonly Instruction[];
  /** Those in force: an ENTRYPOINT takes the CMD that its stage inherits away, and `ENTRYPOINT []` sets none. */
  readonly entrypoint: Instruction | undefined;
  readonly command: Instruction | undefined;
  /** The words of the program; undefined where they cannot be told without a shell. */
  readonly argv: readonly string[] | undefined;
  /** Why there is no argv, or why it is that of a shell which has to stay: a sentence. */
  readonly why: string | undefined;
  /** The words behind variables that a shell in shell form sets for them alone: an ENV could set them. */
  readonly assigned?: AssignedWords | undefined;
  /** The instruction that starts a shell, which runs the argv; where that is plain words, it can do without. */
  readonly shellForm: Instruction | undefined;
  /** The words with which Docker begins a start in shell form: those of the SHELL in force; undefined in exec form. */
  readonly shell: readonly string[] | undefined;
  /** The base's own ENTRYPOINT, which stands before the words of this file's CMD: [] is none, undefined is not known. */
  readonly inherited: readonly string[] | undefined;
  /** Word by word what the engine executes, the base's and the shell's words included; undefined where these are not known. */
  readonly process: readonly string[] | undefined;
  /** The first word where it is written, for a finding. */
  readonly span: Span;
}

/**
 * The start that the file itself sets for a stage; undefined where it sets none and inherits the base's. `inherited` is the
 * ENTRYPOINT of the image at the bottom, where it is known. (Docker's rules: BuildKit, dockerfile2llb, dispatchEntrypoint.)
 */
export function startOf(syntax: Syntax, stage: Stage, inherited: readonly string[] | undefined): Start | undefined {
  const set = startInstructions(stage);
  const [entrypoint, command] = [set.entrypoint?.instruction, set.command?.instruction];
  const [first, second] = [isEmpty(set.entrypoint) ? undefined : set.entrypoint, set.command].filter(
    (each) => each !== undefined,
  );
  const main = first ?? set.entrypoint;
  if (!main) return undefined;
  const rest = isEmpty(second) ? undefined : second;
  const { json, line, bodyAt, body } = main.instruction;
  const before = entrypoint ? [] : inherited;
  const all = [before, started(main), rest ? started(rest) : []];
  return {
    instructions: [entrypoint, command]
      .filter((item) => item !== undefined)
      .sort((a, b) => a.span.start - b.span.start),
    entrypoint,
    command,
    ...readArgv(syntax, stage, main, rest),
    shell: json ? undefined : shellAt(main.stage, main.at),
    inherited: before,
    process: all.every((words) => words !== undefined) ? all.flat() : undefined,
    span: json?.[0]?.span ?? line.sourceSpan(bodyAt, bodyAt + body.length),
  };
}

/** The CMD and ENTRYPOINT in force at the end of a stage; an ENTRYPOINT resets the CMD that it inherited. */
function startInstructions(stage: Stage): { entrypoint: Placed | undefined; command: Placed | undefined } {
  let entrypoint: Placed | undefined;
  let command: Placed | undefined;
  for (const each of lineage(stage)) {
    const own = lastOf(each, "ENTRYPOINT");
    if (own) command = undefined;
    entrypoint = own ?? entrypoint;
    command = lastOf(each, "CMD") ?? command;
  }
  return { entrypoint, command };
}

function lastOf(stage: Stage, keyword: string): Placed | undefined {
  const at = stage.instructions.findLastIndex((each) => each.keyword === keyword);
  const instruction = stage.instructions[at];
  return instruction && { instruction, stage, at };
}

/** `CMD []` adds nothing, `ENTRYPOINT []` takes the base's away. */
function isEmpty(placed: Placed | undefined): boolean {
  return placed?.instruction.json?.length === 0;
}

/** The words that an instruction puts into the image's config. */
function started({ instruction: { json, body }, stage, at }: Placed): readonly string[] | undefined {
  if (json) return texts(json);
  const shell = shellAt(stage, at);
  return shell && [...shell, body.trim()];
}

/** Programs that give a person a prompt: an image that starts one is a toolbox, not a program. */
const SHELLS = new Set(["sh", "bash", "ash", "dash", "zsh", "fish", "tail", "sleep"]);

export function startsShell(start: Start): boolean {
  const program = posix.basename(start.argv?.[0] ?? "");
  return SHELLS.has(program) && !start.argv?.includes("-c");
}

/** The script of a shell that an image starts, by itself or by the shell's name; undefined where it starts none. */
export function scriptStarted([program = "", first = ""]: readonly string[]): string | undefined {
  const word = isShell(program) ? first : program;
  return /\.(?:sh|bash)$/.test(word) ? word : undefined;
}

/**
 * The ENTRYPOINT of the image at the bottom of a stage, as far as the catalog knows it: [] is none. Systems have none, and
 * neither have golang's images, nor distroless ones of no language but for their debug tags, which start a shell.
 */
export function baseEntrypoint(stage: Stage, image: BaseImage | undefined): readonly string[] | undefined {
  if (lineage(stage)[0]?.base.kind === "scratch") return [];
  if (!image || image.entrypoint) return image?.entrypoint;
  const bare = image.role === "distroless" && image.ecosystem === undefined && !image.tag.includes("debug");
  return bare || image.role === "os" || OF_COMPILERS.has(image.name) ? [] : undefined;
}

/** Images of compilers whose Dockerfiles name no entrypoint (docker-library/golang, rust-lang/docker-rust, docker-library/gcc, buildpack-deps). */
export const OF_COMPILERS: ReadonlySet<string> = new Set(["golang", "rust", "gcc", "buildpack-deps"]);
