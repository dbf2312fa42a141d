import { scriptOf } from "../shell/instruction-script";
import type { ShellCommand } from "../shell/script";
import { bodySpan, type Instruction, type Syntax } from "../syntax/instruction";

/** The commands of a RUN that is nothing but commands and pipes joined by `&&`: it ends where the first of them fails. */
export function plainChain(syntax: Syntax, instruction: Instruction): readonly ShellCommand[] | undefined {
  if (instruction.json || instruction.oversized || instruction.heredocs.length > 0) return undefined;
  const { commands, error } = scriptOf(syntax, instruction);
  if (error || commands.length === 0 || commands.some(({ captured }) => captured)) return undefined;
  const { start, end } = bodySpan(instruction, 0, instruction.body.trimEnd().length);
  let at = start;
  const joints = commands.map(({ span }) => {
    const joint = between(syntax, at, span.start);
    at = span.end;
    return joint;
  });
  const [before, ...others] = joints;
  const plain = before === "" && others.every((joint) => joint === "&&" || joint === "|");
  return plain && between(syntax, at, end) === "" ? commands : undefined;
}

/** What stands between two places of a script, without white space and continued lines. */
function between({ text, escape }: Syntax, start: number, end: number): string {
  return text
    .slice(start, end)
    .split(/\r?\n/)
    .filter((line) => !/^\s*#/.test(line))
    .map((line) => line.trim())
    .map((line) => (line.endsWith(escape) ? line.slice(0, -1).trim() : line))
    .join("");
}
