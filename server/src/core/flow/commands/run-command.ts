import type { Lookup } from "../../model/expand";
import { wordValue, wordValues } from "../../shell/expand";
import { readScript, type Script, type ShellCommand, type ShellWord, type ToFile } from "../../shell/script";
import { emptyMemory } from "../../text/remembered";
import type { RunCommand } from "../../toolchains/toolchain";
import { FixedRun, fixedCommands, programOf } from "./fixed-command";
import { type CommandPlace, Surroundings } from "./surroundings";
import { isWrapper, type Wrapped, wrapped } from "./wrappers";

/** Scripts in scripts in scripts: beyond these nothing is followed. */
const MAX_NESTING = 8;

/**
 * The commands of a script, with what they see. What starts another program is seen through: `env`, `exec`, `sudo`, `sh -c`
 * and their like stand for what they start.
 */
export function runCommands(place: CommandPlace, script: Script, nesting = 0): readonly RunCommand[] {
  const around = new Surroundings(place);
  const readings = script.reading && fixedCommands(script.reading, place.folder);
  const count = readings?.length ?? script.commands.length;
  const found: RunCommand[] = [];
  for (let index = 0; index < count; index++) {
    const reading = readings?.[index];
    const run = reading
      ? new FixedRun(place, script, index, reading)
      : variableRun(around, script.commands[index] as ShellCommand);
    if (run.program === undefined || !isWrapper(run.program)) found.push(run);
    else for (const each of seenThrough(run, place, script, nesting)) found.push(each);
  }
  return found;
}

function variableRun(around: Surroundings, command: ShellCommand): RunCommand {
  const { place, variables } = around;
  const { stage, instruction, at, user, via } = place;
  const inWords = variables.inWords(command.variables);
  const environment = variables.inEnvironment(command.variables);
  const own = command.assignments.length > 0 ? ownVariables(command, inWords) : undefined;
  const args: RunCommand["args"][number][] = [];
  addValues(args, command.name, inWords);
  for (const word of command.args) addValues(args, word, inWords);
  const program = args.shift() ?? { word: command.name, value: undefined };
  return {
    stage,
    instruction,
    at,
    command,
    always: command.always,
    program: programOf(program.value),
    programWord: program.word,
    args,
    values: args.map(({ value }) => value),
    lookup: own ? (name) => (own.has(name) ? own.get(name) : environment(name)) : environment,
    folder: around.folders.of(command.folders),
    user,
    via,
    reading: undefined,
    memory: emptyMemory(),
  };
}

/** The command as if it were another. */
export function instead(
  run: RunCommand,
  other: Partial<Omit<RunCommand, "values" | "reading" | "memory">>,
): RunCommand {
  const { stage, instruction, at, command, always, program, programWord, args, lookup, folder, user, via } = run;
  const own = { stage, instruction, at, command, always, program, programWord, args, lookup, folder, user, via };
  const whole = { ...own, ...other };
  return { ...whole, values: whole.args.map(({ value }) => value), reading: undefined, memory: emptyMemory() };
}

function addValues(to: RunCommand["args"][number][], word: ShellWord, lookup: Lookup): void {
  for (const value of wordValues(word, lookup)) to.push({ word, value });
}

/** `A=b` in front of a command. */
function ownVariables({ assignments }: ShellCommand, lookup: Lookup): ReadonlyMap<string, string | undefined> {
  return new Map(assignments.map(({ name, value }) => [name, value && wordValue(value, lookup)]));
}

/** What a command starts, where it is one that starts another; else the command itself. */
function seenThrough(run: RunCommand, place: CommandPlace, script: Script, nesting: number): readonly RunCommand[] {
  const startsOther = run.program !== undefined && isWrapper(run.program);
  const inner = startsOther ? wrapped(run.program, run.values) : undefined;
  if (!inner || nesting > MAX_NESTING) return [run];
  const around = instead(run, {
    lookup: lookupIn(run.lookup, inner),
    folder: inner.freshFolder ? undefined : run.folder,
    user: inner.user === undefined ? run.user : inner.user,
  });
  if (inner.mode) return innerScript(around, inner, place, script, nesting) ?? [run];
  const [first, ...args] = run.args.slice(inner.at);
  if (!first) return [run];
  const started = instead(around, { program: programOf(first.value), programWord: first.word, args });
  return seenThrough(started, place, script, nesting + 1);
}

function lookupIn(outer: Lookup, { variables, freshVariables }: Wrapped): Lookup {
  if (!variables?.size && !freshVariables) return outer;
  return (name) => (variables?.has(name) ? variables.get(name) : freshVariables ? undefined : outer(name));
}

/** The commands of a script in a word, or in a heredoc; undefined where it is not known or could not be read. */
function innerScript(
  run: RunCommand,
  { at, mode }: Wrapped,
  place: CommandPlace,
  script: Script,
  nesting: number,
): readonly RunCommand[] | undefined {
  const source = at === undefined ? ofInput(run.command) : ofWord(run.args[at], script);
  const read = source && readScript(source.text, source.toFile, mode, run.command);
  if (!read || read.unread) return undefined;
  const { lookup, folder, user } = run;
  return runCommands({ ...place, lookup, folder, user, via: source.exact ? place.via : run }, read, nesting + 1);
}

/** A script, and where it stands in the file; not exactly so, where quotes or variables stand between. */
interface Source {
  readonly text: string;
  readonly toFile: ToFile;
  readonly exact: boolean;
}

function ofInput({ input }: ShellCommand): Source | undefined {
  if (!input || (input.expands && /[$`\\]/.test(input.text))) return undefined;
  return sourceAt(input.text, input.span.start, input.span);
}

function ofWord(argument: RunCommand["args"][number] | undefined, script: Script): Source | undefined {
  if (argument?.value === undefined) return undefined;
  const { value: text, word } = argument;
  if (!word.node) return sourceAt(text, word.span.start + 1, { start: word.span.start + 1, end: word.span.end - 1 });
  const { toFile } = script;
  const quote = quoteLength(word, text);
  const { pos, end } = word.node;
  const inFile = toFile(pos, end);
  // What stands in backticks in backticks has places of its own.
  if (quote === undefined || inFile.start !== word.span.start || inFile.end !== word.span.end)
    return { text, toFile: () => word.span, exact: false };
  return { text, toFile: (from, to) => toFile(pos + quote + from, pos + quote + to), exact: true };
}

/** How many characters stand around a word's value; undefined where it is not written as it is. */
function quoteLength({ text }: ShellWord, value: string): 0 | 1 | undefined {
  if (text === value) return 0;
  return /^['"]/.test(text) && text.slice(1, -1) === value ? 1 : undefined;
}

function sourceAt(text: string, start: number, span: ShellWord["span"]): Source {
  if (span.end - span.start !== text.length) return { text, toFile: () => span, exact: false };
  return { text, toFile: (from, to) => ({ start: start + from, end: start + to }), exact: true };
}
