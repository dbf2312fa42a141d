import type { Model, Stage } from "../model/model";
import type { Instruction, Syntax } from "../syntax/instruction";
import { LineIndex } from "../text/lines";
import type { Span } from "../text/span";
import { headOf, type Names, namesOf } from "./names";

/** A line of the outline of a file. */
export interface OutlineEntry {
  readonly kind: "stage" | "arg" | "env" | "instruction";
  readonly name: string;
  readonly detail: string;
  /** All that belongs to it. */
  readonly span: Span;
  /** What to go to: the name. */
  readonly head: Span;
  readonly children: readonly OutlineEntry[];
}

/** Lines that can be folded into the first of them, counted from 0. */
export interface Fold {
  readonly startLine: number;
  readonly endLine: number;
  readonly kind: "region" | "comment";
}

const MAX_DETAIL = 80;

/** The stages with their instructions, and in front of them what stands before the first FROM. */
export function outline(model: Model): readonly OutlineEntry[] {
  const names = namesOf(model);
  const first = model.stages[0]?.from.span.start ?? Number.POSITIVE_INFINITY;
  const before = model.syntax.instructions.filter(({ span }) => span.start < first);
  return [...before.map((each) => entryOf(names, each)), ...model.stages.map((stage) => stageEntry(names, stage))];
}

function stageEntry(names: Names, stage: Stage): OutlineEntry {
  const { name, base, instructions } = stage;
  const reference = base.token?.text ?? "";
  return {
    kind: "stage",
    name: name?.text ?? (reference || "FROM"),
    detail: name ? reference : "",
    span: spanOf(stage),
    head: headOf(stage),
    children: instructions.map((each) => entryOf(names, each)),
  };
}

function entryOf(names: Names, instruction: Instruction): OutlineEntry {
  const { keyword, keywordSpan, span, body } = instruction;
  const [first, ...others] = names.variables.declarations.of(instruction);
  const detail = body
    .slice(0, MAX_DETAIL * 4)
    .replace(/\s+/g, " ")
    .slice(0, MAX_DETAIL);
  // A line of nothing but a continuation has no keyword, and an entry has to have a name.
  if (!first) return { kind: "instruction", name: keyword || "?", detail, span, head: keywordSpan, children: [] };
  const name = [first, ...others]
    .map((each) => each.name.text)
    .join(", ")
    .slice(0, MAX_DETAIL);
  return { kind: first.kind, name, detail: keyword, span, head: first.name.span, children: [] };
}

/** What can be folded: stages, instructions and heredocs of several lines, comments of several lines. */
export function folds({ syntax, stages }: Model): readonly Fold[] {
  const lines = new LineIndex(syntax.text);
  const fold = ({ start, end }: Span, kind: Fold["kind"] = "region"): readonly Fold[] => {
    const [startLine, endLine] = [lines.lineAt(start), lines.lineAt(end)];
    return endLine > startLine ? [{ startLine, endLine, kind }] : [];
  };
  return [
    ...stages.flatMap((stage) => fold(spanOf(stage))),
    ...syntax.instructions.flatMap((each) => [each.span, ...severalHeredocs(each)].flatMap((span) => fold(span))),
    ...commentBlocks(syntax, lines).flatMap((span) => fold(span, "comment")),
  ];
}

/** One heredoc is folded with its instruction. */
function severalHeredocs({ heredocs }: Instruction): readonly Span[] {
  return heredocs.length > 1 ? heredocs.map(({ body }) => body) : [];
}

/** Comments in lines that follow each other. */
function commentBlocks({ comments }: Syntax, lines: LineIndex): readonly Span[] {
  const blocks: { start: number; end: number }[] = [];
  let lastLine = -2;
  for (const { start, end } of comments) {
    const line = lines.lineAt(start);
    const block = blocks.at(-1);
    if (block && line === lastLine + 1) block.end = end;
    else blocks.push({ start, end });
    lastLine = line;
  }
  return blocks;
}

function spanOf({ from, instructions }: Stage): Span {
  return { start: from.span.start, end: (instructions.at(-1) ?? from).span.end };
}
