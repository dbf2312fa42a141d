import type { Span } from "../text/span";
import { isSpace, skipSpace, trimmedEnd, wordEnd } from "./chars";
import { readFlags } from "./flags";
import { type HeredocHead, heredocHeads } from "./heredoc";
import type { Instruction, Problem } from "./instruction";
import { type JsonForm, readJsonForm } from "./json-form";
import type { LogicalLine } from "./logical";
import { shapeOf } from "./shapes";

/** An instruction that still lacks its heredocs: those stand in the lines that follow. */
export type InstructionHead = Omit<Instruction, "span" | "heredocs" | "nested"> & {
  readonly nested: InstructionHead | undefined;
  readonly heads: readonly HeredocHead[];
  readonly problems: readonly Problem[];
};

const SHELL_FORM: JsonForm = { kind: "none" };

/** The instruction that begins at an offset of a joined line. */
export function readInstruction(
  line: LogicalLine,
  from: number,
  escape: "\\" | "`",
  oversized: boolean,
): InstructionHead {
  const start = skipSpace(line.text, from);
  const end = wordEnd(line.text, start);
  const written = line.text.slice(start, end);
  const keyword = written.toUpperCase();
  const { flags, rest } = oversized ? { flags: [], rest: skipSpace(line.text, end) } : readFlags(line, end, escape);
  const shape = shapeOf(keyword);
  const json =
    shape?.json && !oversized
      ? readJsonForm(line, keyword === "HEALTHCHECK" ? secondWord(line, rest) : rest)
      : SHELL_FORM;
  const isNested = keyword === "ONBUILD" && from === 0 && rest < trimmedEnd(line.text, rest);
  const nested = isNested ? readInstruction(line, rest, escape, oversized) : undefined;
  return {
    keyword,
    written,
    keywordSpan: line.sourceSpan(start, end),
    line,
    flags,
    body: line.text.slice(rest, trimmedEnd(line.text, rest)),
    bodyAt: rest,
    json: json.kind === "strings" ? json.strings : undefined,
    heads: nested
      ? nested.heads
      : shape?.heredocs && json.kind !== "strings" && !oversized
        ? heredocHeads(line.text)
        : [],
    nested,
    problems: [...jsonProblem(json, line, rest), ...(nested?.problems ?? [])],
    escape,
    oversized,
  };
}

/** What the second word of the arguments and all behind it are. */
function secondWord(line: LogicalLine, from: number): number {
  return skipSpace(line.text, wordEnd(line.text, from, isSpace));
}

function jsonProblem({ kind }: JsonForm, line: LogicalLine, from: number): readonly Problem[] {
  if (kind !== "not-strings") return [];
  const span: Span = line.sourceSpan(from, trimmedEnd(line.text, from));
  return [{ span, message: "when using JSON array syntax, arrays must be comprised of strings only" }];
}
