import { bodySpan, type Heredoc, type Instruction, type Syntax } from "../syntax/instruction";
import { LogicalLine } from "../syntax/logical";
import { remembered } from "../text/remembered";
import { withInput } from "./placed";
import { readScript, type Script, type ToFile, unread } from "./script";
import { modeOf, PLAIN, type ShellMode } from "./shell-words";

/** How the shell in force runs its scripts; "other" where it is not one of the Bourne kind. */
type Mode = ShellMode | "other";

/** The last one that was read of an instruction. */
const latest = remembered((_: Instruction): { mode: Mode; script: Script | undefined } => ({
  mode: PLAIN,
  script: undefined,
}));

/**
 * What a RUN, CMD or ENTRYPOINT runs, as commands. The exec form is one command whose words are taken as they are;
 * `RUN <<EOF` runs the heredoc's body. Who does not know the shell in force gets what was read before.
 */
export function scriptOf(syntax: Syntax, instruction: Instruction, mode?: Mode): Script {
  const known = latest(instruction);
  if (known.script && (!mode || sameMode(known.mode, mode))) return known.script;
  known.mode = mode ?? PLAIN;
  known.script = instruction.json ? execScript(instruction) : shellScript(syntax, instruction, known.mode);
  return known.script;
}

function sameMode(a: Mode, b: Mode): boolean {
  if (a === "other" || b === "other") return a === b;
  return a.errexit === b.errexit && a.pipefail === b.pipefail;
}

function execScript(instruction: Instruction): Script {
  const [name, ...args] = (instruction.json ?? []).map(({ text, span }) => ({ text, span, node: undefined }));
  const toFile: ToFile = () => instruction.span;
  if (!name) return { commands: [], error: undefined, unread: false, toFile };
  const command = {
    name,
    args,
    assignments: [],
    span: instruction.span,
    always: true,
    succeeded: true,
    captured: false,
    folders: "none" as const,
    variables: undefined,
    outputs: [],
    output: undefined,
    input: undefined,
  };
  return { commands: [command], error: undefined, unread: false, toFile };
}

function shellScript(syntax: Syntax, instruction: Instruction, mode: Mode): Script {
  const [heredoc] = instruction.heredocs;
  if (heredoc && /^\d*<<-?\s*\S+$/.test(instruction.body)) return heredocScript(syntax, heredoc, mode);
  const end = instruction.body.length;
  const toFile: ToFile = (from, to) => bodySpan(instruction, Math.min(from, end), Math.min(to, end));
  if (instruction.oversized || mode === "other") return unread(toFile);
  // The bodies of heredocs are data here; their terminators alone keep the script whole.
  const tail = instruction.heredocs.map(({ name }) => `\n${name}`).join("");
  return withData(syntax, instruction.heredocs, readScript(instruction.body + tail, toFile, mode));
}

/** BuildKit runs such a body by the shell in force, or as a file of its own where its first line names an interpreter. */
function heredocScript(syntax: Syntax, { body, chomp }: Heredoc, mode: Mode): Script {
  const line = withoutReturns(syntax.text.slice(body.start, body.end), body.start);
  const { text } = line;
  const toFile: ToFile = (from, to) => line.sourceSpan(from, to);
  const own = modeOf(chomp ? text.trimStart() : text, mode === "other" ? undefined : mode);
  return own ? readScript(text, toFile, own) : unread(toFile);
}

/** A carriage return before a line feed is part of the line's ending; `start` is where the text stands in the file. */
function withoutReturns(text: string, start: number): LogicalLine {
  let source = start;
  const pieces = text.split("\r\n").map((line, at, { length }) => {
    const piece = { text: at < length - 1 ? `${line}\n` : line, source };
    source += line.length + 2;
    return piece;
  });
  return LogicalLine.of(pieces.map((piece) => piece.text).join(""), pieces);
}

/** The commands with the text of the file's heredocs, in their order, where the script has none of its own. */
function withData(syntax: Syntax, heredocs: readonly Heredoc[], script: Script): Script {
  if (heredocs.length === 0) return script;
  const waiting = [...heredocs];
  const commands = script.commands.map((command) => {
    const heredoc = command.input?.text === "" ? waiting.shift() : undefined;
    if (!heredoc) return command;
    const text = syntax.text.slice(heredoc.body.start, heredoc.body.end);
    return withInput(command, { text, span: heredoc.body, expands: heredoc.expand });
  });
  const { error, unread, toFile } = script;
  return { commands, error, unread, toFile };
}
