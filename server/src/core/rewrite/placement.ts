import type { Stage } from "../model/model";
import type { Instruction, Syntax } from "../syntax/instruction";
import type { RewriteEdit } from "./change";
import { jsonForm, type Style, writtenLower } from "./style";

/** A new final stage, its lines without CMD and ENTRYPOINT, and how those read there. */
export interface NewStage {
  /** Lines that end the stage before it. */
  readonly before: readonly string[];
  readonly lines: readonly string[];
  readonly start: readonly Instruction[];
  /** The lines that stand in the place of one of them; the others stay as they are. */
  readonly written: ReadonlyMap<Instruction, readonly string[]>;
}

/**
 * Edits that put a new stage behind the last one and move CMD and ENTRYPOINT into it. Where these stand at the end of
 * the file, as they mostly do, the new stage slips in before them and they keep their bytes and their comments;
 * elsewhere they leave their lines and come again at the end.
 */
export function placeStage(syntax: Syntax, last: Stage, stage: NewStage, style: Style): readonly RewriteEdit[] {
  const own = stage.start.filter((instruction) => last.instructions.includes(instruction));
  const tail = tailOf(last);
  const first = tail[0];
  const slips =
    own.length === stage.start.length && first !== undefined && own.every((instruction) => tail.includes(instruction));
  return slips ? slipIn(syntax, first, stage, style) : append(syntax, own, stage, style);
}

/** The CMD and ENTRYPOINT instructions with which a stage ends. */
function tailOf(stage: Stage): readonly Instruction[] {
  const other = stage.instructions.findLastIndex(({ keyword }) => keyword !== "CMD" && keyword !== "ENTRYPOINT");
  return stage.instructions.slice(other + 1);
}

function slipIn(syntax: Syntax, first: Instruction, stage: NewStage, style: Style): readonly RewriteEdit[] {
  const at = withComments(syntax.text, lineStart(syntax.text, first.span.start));
  const blank = /(?:^|\n)[ \t]*\r?\n$/.test(syntax.text.slice(Math.max(0, at - 200), at)) ? "" : style.eol;
  const text = blank + linesOf(stage, style);
  return [
    { kind: "new-lines", note: "adds the final stage", span: { start: at, end: at }, text },
    ...[...stage.written].map(([instruction, lines]) => rewriteStart(syntax, instruction, lines, style)),
  ];
}

/** Other lines in the place of a CMD or an ENTRYPOINT, or none. */
export function rewriteStart(
  { text }: Syntax,
  { span, keyword }: Instruction,
  lines: readonly string[],
  { eol }: Style,
): RewriteEdit {
  if (lines.length > 0)
    return { kind: "moves-start", note: `writes ${keyword} as ${lines.join(" and ")}`, span, text: lines.join(eol) };
  const whole = { start: lineStart(text, span.start), end: lineEnd(text, span.end) };
  return { kind: "moves-start", note: `leaves ${keyword} out`, span: whole, text: "" };
}

/** An instruction of shell form in exec form, with these words. */
export function execText(syntax: Syntax, instruction: Instruction, argv: readonly string[]): string {
  return `${writtenLower(syntax, instruction) ? instruction.keyword.toLowerCase() : instruction.keyword} ${jsonForm(argv)}`;
}

function append(syntax: Syntax, own: readonly Instruction[], stage: NewStage, style: Style): readonly RewriteEdit[] {
  const { text } = syntax;
  const removals = own.map((instruction): RewriteEdit => {
    const span = { start: lineStart(text, instruction.span.start), end: lineEnd(text, instruction.span.end) };
    return { kind: "moves-start", note: `moves ${instruction.keyword} to the final stage`, span, text: "" };
  });
  const start = stage.start.flatMap(
    (instruction) => stage.written.get(instruction) ?? text.slice(instruction.span.start, instruction.span.end),
  );
  const open = text.endsWith("\n") ? "" : style.eol;
  const added = `${open}${style.eol}${linesOf({ ...stage, lines: [...stage.lines, ...start] }, style)}`;
  return [
    ...removals,
    { kind: "new-lines", note: "adds the final stage", span: { start: text.length, end: text.length }, text: added },
  ];
}

function linesOf({ before, lines }: NewStage, { eol }: Style): string {
  const made = before.length > 0 ? [...before, ""] : [];
  return [...made, ...lines].map((line) => line + eol).join("");
}

/** Where the line of an offset begins. */
export function lineStart(text: string, at: number): number {
  return text.lastIndexOf("\n", at - 1) + 1;
}

/** Where the line after that of an offset begins. */
export function lineEnd(text: string, at: number): number {
  const newline = text.indexOf("\n", at);
  return newline < 0 ? text.length : newline + 1;
}

/** The start of the comment lines that stand directly above a line: they belong to it. */
function withComments(text: string, from: number): number {
  let at = from;
  while (at > 0) {
    const above = lineStart(text, at - 1);
    if (!/^[ \t]*#/.test(text.slice(above, above + 256))) return at;
    at = above;
  }
  return at;
}
