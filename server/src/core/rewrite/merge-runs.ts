import type { Stage } from "../model/model";
import { shellAt } from "../model/shells";
import { scriptOf } from "../shell/instruction-script";
import { shellMode } from "../shell/shell-words";
import { bodySpan, type Instruction, type Syntax } from "../syntax/instruction";
import type { Edit } from "../text/edit";
import { endOfScript } from "./append-command";
import { plainChain } from "./plain-chain";

/** A longer row of RUNs is better taken apart by its author. */
const MOST = 6;
/** What they set is there for the commands after them, and was not in a RUN of its own. */
const STAYS = new Set(
  "cd pushd popd export source . eval exec exit return trap umask ulimit alias shopt unset read declare".split(" "),
);

/**
 * Edits that make one RUN of a row of them, joined by `&&`; places are those in the stage. Undefined where something else
 * stands between, or where the commands would not mean the same in one shell.
 */
export function mergeRuns(syntax: Syntax, stage: Stage, first: number, last: number): readonly Edit[] | undefined {
  const row = stage.instructions.slice(first, last + 1);
  if (row.length < 2 || row.length > MOST || row.some(({ keyword }) => keyword !== "RUN")) return undefined;
  const flags = new Set(
    row.map((run) => run.flags.map(({ span }) => syntax.text.slice(span.start, span.end)).join(" ")),
  );
  if (!shellMode(shellAt(stage, first) ?? [])) return undefined;
  if (row.some(({ heredocs }) => heredocs.length > 0)) return undefined;
  if (flags.size > 1 || !row.slice(0, -1).every((run) => leavesNothing(syntax, run))) return undefined;
  if (!row.slice(1).every((run) => plainChain(syntax, run))) return undefined;
  const edits = row.slice(1).map((run, at) => joined(syntax, row[at] as Instruction, run));
  return edits.every((edit) => edit !== undefined) ? edits : undefined;
}

/** No command of it changes what another would see. */
function leavesNothing(syntax: Syntax, run: Instruction): boolean {
  return scriptOf(syntax, run).commands.every(
    ({ name, args, variables }) =>
      variables === undefined &&
      !STAYS.has(name.text) &&
      (name.text !== "set" || args.every(({ text }) => /^-[ex]+$/.test(text))),
  );
}

/** The second continues the first; comments between them stay where they are. */
function joined(syntax: Syntax, first: Instruction, second: Instruction): Edit | undefined {
  const start = endOfScript(syntax, first);
  if (start === undefined) return undefined;
  const { start: end } = bodySpan(second, 0, 0);
  const comments = syntax.text
    .slice(start, end)
    .split("\n")
    .flatMap((line) => (/^\s*#/.test(line) ? `${line.trim()}\n` : []));
  return { span: { start, end }, text: ` ${syntax.escape}\n${comments.join("")}    && ` };
}
