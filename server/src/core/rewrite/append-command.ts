import { scriptOf } from "../shell/instruction-script";
import type { Instruction, Syntax } from "../syntax/instruction";
import { bodySpan } from "../syntax/instruction";
import type { Edit } from "../text/edit";

/** What a script may end with so that `&& …` continues it: no operator, no separator, no opening bracket. */
const ENDS_A_COMMAND = /[\w"')}\]*./\-+:=]$/;

/**
 * Continues the script of a RUN with one more command that runs when all before it has gone well, laid out as the
 * author does it (lines end with a line feed: the caller gives them the file's endings). Undefined where it cannot be told where the script ends: exec form, comments, several heredocs.
 */
export function appendCommand(syntax: Syntax, instruction: Instruction, command: string): Edit | undefined {
  const end = endOfScript(syntax, instruction);
  const last = scriptOf(syntax, instruction).commands.at(-1);
  if (end === undefined || !last) return undefined;
  const heredoc = instruction.heredocs.length > 0;
  return {
    span: { start: end, end },
    text: heredoc ? ` && ${command}` : joint(syntax, instruction, last.span.start) + command,
  };
}

/** Where the script of a RUN ends and `&& …` can continue it; undefined where it cannot. */
export function endOfScript(syntax: Syntax, instruction: Instruction): number | undefined {
  if (instruction.json || instruction.oversized) return undefined;
  const { commands, error } = scriptOf(syntax, instruction);
  const last = commands.at(-1);
  if (!last || error || ["exec", "exit", "return"].includes(last.name.text)) return undefined;
  const script = scriptSpan(syntax, instruction);
  if (!script) return undefined;
  const text = syntax.text.slice(script.start, script.end).trimEnd();
  const lastLine = text.slice(text.lastIndexOf("\n") + 1);
  return ENDS_A_COMMAND.test(lastLine) && !/(?:^|\s)#/.test(lastLine) ? script.start + text.length : undefined;
}

/** The body of a RUN, or of its only heredoc where that is the script. */
function scriptSpan(
  syntax: Syntax,
  instruction: Instruction,
): { readonly start: number; readonly end: number } | undefined {
  const [heredoc, ...others] = instruction.heredocs;
  if (!heredoc) return bodySpan(instruction, 0, instruction.body.trimEnd().length);
  const body = syntax.text.slice(heredoc.body.start, heredoc.body.end);
  const plain = others.length === 0 && /^<<-?\s*\S+$/.test(instruction.body.trim());
  return plain && !body.includes("<<") && !body.includes("\r") ? heredoc.body : undefined;
}

/** `&&` on the same line, at the start of a new one, or at the end of the old one. */
function joint(syntax: Syntax, instruction: Instruction, lastCommand: number): string {
  const { text, escape } = syntax;
  const source = text.slice(instruction.span.start, instruction.span.end);
  if (!source.includes("\n")) return " && ";
  const newLine = `${escape}\n`;
  const line = text.slice(text.lastIndexOf("\n", lastCommand - 1) + 1, lastCommand);
  const second = /\n([ \t]*)/.exec(source)?.[1] || "    ";
  const leads = /^([ \t]*)&&/.exec(line);
  if (leads) return ` ${newLine}${leads[1]}&& `;
  return /^[ \t]*$/.test(line) ? ` && ${newLine}${line}` : ` ${newLine}${second}&& `;
}
