import { type ParsedScript, parse, type Word } from "unbash";
import { Memo } from "../text/memo";
import { emptyMemory, type Remembering } from "../text/remembered";
import { type Span, span } from "../text/span";
import { placed } from "./placed";
import { PLAIN, type ShellMode } from "./shell-words";
import type { Folders, Variable } from "./state";
import { TooManySteps } from "./tracker";
import { Walker } from "./walk";

/** A word of a script. `expand.ts` computes its value. */
export interface ShellWord {
  readonly text: string;
  readonly span: Span;
  /** Undefined in exec form, where the text is the value. */
  readonly node: Word | undefined;
}

export interface ShellAssignment {
  readonly name: string;
  /** Undefined where it is more than a word: `A+=b`, a list. */
  readonly value: ShellWord | undefined;
  readonly span: Span;
}

/** A file that a command writes by `> x`, `>> x`, `2> x` or `&> x`, by itself or with the group that it is in. */
export interface Output {
  readonly file: ShellWord;
  readonly appends: boolean;
}

/** The text that a command is given by `<<EOF` or `<<<`, and where it stands. */
export interface TextInput {
  readonly text: string;
  readonly span: Span;
  /** The shell replaces variables in it first. */
  readonly expands: boolean;
}

/** One program or builtin that a script runs. What is said of its run holds if the whole script succeeds. */
export interface ShellCommand {
  readonly name: ShellWord;
  readonly args: readonly ShellWord[];
  /** `A=b` in front of the command, for it alone. */
  readonly assignments: readonly ShellAssignment[];
  readonly span: Span;
  /** It has run to its end; false where that depends: behind `||`, in a branch, in a loop, in the background. */
  readonly always: boolean;
  /** It has run, and with exit code 0; false where a failure would be ignored, as in `a; b` and `a || true`. */
  readonly succeeded: boolean;
  /** Its output becomes a word of another command: `$(…)`. */
  readonly captured: boolean;
  /** The `cd` commands in effect; undefined where one may or may not have happened. */
  readonly folders: Folders;
  /** Variables that the script itself has set before. */
  readonly variables: Chain<Variable> | undefined;
  readonly outputs: readonly Output[];
  /** The first file of `outputs`. */
  readonly output: ShellWord | undefined;
  readonly input: TextInput | undefined;
}

/** A list that grows at its end without copying: the latest, and what was before it. */
export interface Chain<T> {
  readonly last: T;
  readonly before: Chain<T> | undefined;
}

export interface Script {
  /** In the order in which they run; those of a function at its calls. */
  readonly commands: readonly ShellCommand[];
  /** What its text tells, wherever that stands; undefined where more than the text has made it what it is. */
  readonly reading?: ScriptReading | undefined;
  /** The first thing that no shell would accept, if any. */
  readonly error: { readonly message: string; readonly span: Span } | undefined;
  /** It may run more than these: too long, too deep, broken, or in a language that is not the shell's. */
  readonly unread: boolean;
  /** An offset of the source as a span of the file. */
  readonly toFile: ToFile;
}

/** A script with the offsets of its own text. */
export interface ScriptReading extends Remembering {
  readonly commands: readonly ShellCommand[];
  readonly error: Script["error"];
  readonly unread: boolean;
}

export type ToFile = (start: number, end: number) => Span;

/** A longer script is not looked into: unbash takes a second for 1 MB. */
const MAX_SCRIPT = 65_536;
const parsed = new Memo(parse);
/** Scripts with the offsets of their own text, by how their shell runs them: most are what they were before a keystroke. */
const readings: { readonly mode: ShellMode; readonly known: Memo<ScriptReading | undefined> }[] = [];

/** What is known of the run of a whole script; that of a RUN has come to its end, and well. */
export type Run = Pick<ShellCommand, "always" | "succeeded" | "captured" | "outputs">;
const WHOLE: Run = { always: true, succeeded: true, captured: false, outputs: [] };

/** The tree of a script; undefined where it is too long or too deep to be looked into. */
export function parseScript(source: string): ParsedScript | undefined {
  return source.length > MAX_SCRIPT || tooDeep(source) ? undefined : parsed.of(source);
}

/**
 * The commands of a script for sh or bash; `toFile` turns its offsets into spans of the file.
 * Never throws; what is too deep or too long is unread.
 */
export function readScript(source: string, toFile: ToFile, mode: ShellMode = PLAIN, run: Run = WHOLE): Script {
  try {
    // What a script in a script is told of its run has places of its own.
    if (run !== WHOLE) {
      const read = walk(source, toFile, mode, run);
      return read ? { ...read, toFile } : unread(toFile);
    }
    const script = readingsOf(mode).of(source);
    return script ? placed(script, toFile) : unread(toFile);
  } catch (error) {
    // Hostile nesting that the check above lets through overflows unbash's stack; nothing else is swallowed.
    if (error instanceof RangeError || error instanceof TooManySteps) return unread(toFile);
    throw error;
  }
}

function readingsOf(mode: ShellMode): Memo<ScriptReading | undefined> {
  const { errexit, pipefail, login } = mode;
  const same = readings.find(
    ({ mode: other }) => other.errexit === errexit && other.pipefail === pipefail && other.login === login,
  );
  if (same) return same.known;
  const known = new Memo((source) => {
    const read = walk(source, span, { errexit, pipefail, login }, WHOLE);
    return read && { ...read, memory: emptyMemory() };
  });
  readings.push({ mode: { errexit, pipefail, login }, known });
  return known;
}

/** Undefined where it is not looked into. */
function walk(source: string, toFile: ToFile, mode: ShellMode, run: Run): Omit<Script, "toFile"> | undefined {
  const script = parseScript(source);
  if (!script) return undefined;
  const commands = new Walker(source, toFile, mode).read(script.commands, run);
  const error = firstError(script, toFile);
  return { commands, error, unread: error !== undefined };
}

/** A script of which nothing is known. */
export function unread(toFile: ToFile): Script {
  return { commands: [], error: undefined, unread: true, toFile };
}

function firstError(script: ParsedScript, toFile: ToFile): Script["error"] {
  const error = script.errors?.[0];
  return error ? { message: error.message, span: toFile(error.pos, error.pos) } : undefined;
}

/** Counts openings of substitutions, groups and subshells: more than a few hundred make unbash superlinear. */
function tooDeep(source: string): boolean {
  let open = 0;
  for (let at = 0; at < source.length; at++) {
    const ch = source.charCodeAt(at);
    if (ch === 40 || ch === 123) {
      if (++open > 256) return true;
    } else if ((ch === 41 || ch === 125) && open > 0) open--;
  }
  return false;
}
