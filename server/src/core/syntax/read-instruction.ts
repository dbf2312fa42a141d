import { emptyMemory } from "../text/remembered";
import { isSpace, skipSpace, trimmedEnd, wordEnd } from "./chars";
import { readFlags } from "./flags";
import { type HeredocHead, heredocHeads } from "./heredoc";
import type { Heredoc, Problem, Reading } from "./instruction";
import { type JsonForm, readJsonForm } from "./json-form";
import type { LogicalLine } from "./logical";
import { shapeOf } from "./shapes";

/** The bodies of heredocs, and where their last line ends. */
export interface HeredocBodies {
  readonly heredocs: readonly Heredoc[];
  readonly end: number;
}

/** Where an instruction is read from. */
export interface InstructionSource {
  readonly line: LogicalLine;
  /** Where the line ends in the file. */
  readonly end: number;
  readonly escape: "\\" | "`";
  readonly oversized: boolean;
  /** Reads the lines that follow, up to the last terminator. */
  readonly bodies: (heads: readonly HeredocHead[]) => HeredocBodies;
  /** Takes what is wrong. */
  readonly problems: Problem[];
}

const SHELL_FORM: JsonForm = { kind: "none" };

/** The instruction that begins at an offset of a joined line, with its heredocs. */
export function readInstruction(source: InstructionSource, from = 0): Reading {
  const { line, escape, oversized } = source;
  const start = skipSpace(line.text, from);
  const end = wordEnd(line.text, start);
  const written = line.text.slice(start, end);
  const keyword = written.toUpperCase();
  const { flags, rest } = oversized ? { flags: [], rest: skipSpace(line.text, end) } : readFlags(line, end, escape);
  const bodyEnd = trimmedEnd(line.text, rest);
  const json = jsonForm(source, keyword, rest);
  const isTrigger = keyword === "ONBUILD" && from === 0 && rest < bodyEnd;
  const nested = isTrigger ? readInstruction(source, rest) : undefined;
  const { heredocs, end: last } = nested
    ? { heredocs: nested.heredocs, end: nested.span.end }
    : heredocsOf(source, keyword, json);
  const keywordSpan = line.sourceSpan(start, end);
  return {
    memory: emptyMemory(),
    keyword,
    written,
    keywordSpan,
    span: { start: keywordSpan.start, end: last },
    line,
    flags,
    body: line.text.slice(rest, bodyEnd),
    bodyAt: rest,
    json: json.kind === "strings" ? json.strings : undefined,
    heredocs,
    nested,
    escape,
    oversized,
  };
}

function jsonForm({ line, oversized, problems }: InstructionSource, keyword: string, rest: number): JsonForm {
  if (oversized || !shapeOf(keyword)?.json) return SHELL_FORM;
  const json = readJsonForm(line, keyword === "HEALTHCHECK" ? secondWord(line, rest) : rest);
  if (json.kind === "not-strings") {
    const span = line.sourceSpan(rest, trimmedEnd(line.text, rest));
    problems.push({ span, message: "when using JSON array syntax, arrays must be comprised of strings only" });
  }
  return json;
}

/** Where the second word of the arguments begins. */
function secondWord(line: LogicalLine, from: number): number {
  return skipSpace(line.text, wordEnd(line.text, from, isSpace));
}

function heredocsOf(
  { line, end, oversized, bodies }: InstructionSource,
  keyword: string,
  json: JsonForm,
): HeredocBodies {
  if (oversized || json.kind === "strings" || !line.text.includes("<<") || !shapeOf(keyword)?.heredocs)
    return { heredocs: NO_HEREDOCS, end };
  const heads = heredocHeads(line.text);
  return heads.length === 0 ? { heredocs: NO_HEREDOCS, end } : bodies(heads);
}

const NO_HEREDOCS: readonly Heredoc[] = [];
