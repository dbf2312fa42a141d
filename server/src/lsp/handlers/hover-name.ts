import { type Analysis, aboutName, estimateImage, formatSize, LineIndex, type NameFacts, type Span } from "../../core";
import { code, isUnknown, provenance } from "../size-text";

/** What a stage stands on and weighs, a variable's value and where that comes from; undefined where no name stands. */
export function aboutNameAt(
  analysis: Analysis,
  offset: number,
  variables: boolean,
): { readonly span: Span; readonly text: string } | undefined {
  const facts = aboutName(analysis.context.model, offset);
  if (!facts || (facts.kind !== "stage" && !variables)) return undefined;
  const lines = new LineIndex(analysis.text);
  const lineOf = ({ start }: Span) => lines.lineAt(start) + 1;
  return { span: facts.span, text: `**${facts.name}** ${textOf(facts, analysis, lineOf)}` };
}

type LineOf = (span: Span) => number;

function textOf(facts: NameFacts, analysis: Analysis, lineOf: LineOf): string {
  switch (facts.kind) {
    case "stage":
      return ofStage(facts, analysis, lineOf);
    case "variable":
      return ofVariable(facts, lineOf);
    case "undeclared":
      return ofUndeclared(facts, lineOf);
  }
}

function ofStage({ stage }: Extract<NameFacts, { kind: "stage" }>, { context }: Analysis, lineOf: LineOf): string {
  const size = estimateImage(context, stage);
  const base = stage.base.token ? ` on ${code(stage.base.token.text)}` : "";
  const weight = isUnknown(size) ? "" : `\n\n${formatSize(size)} (${provenance(size)})`;
  return `is the stage in line ${lineOf(stage.from.span)}${base}.${weight}`;
}

function ofVariable(facts: Extract<NameFacts, { kind: "variable" }>, lineOf: LineOf): string {
  const { declaration, origin, value, meaning, name } = facts;
  if (meaning !== undefined && !origin.value) return `is set by BuildKit: ${meaning}.`;
  const is =
    value === undefined ? "has a value that only the build knows" : value === "" ? "is empty" : `= ${code(value)}`;
  const line = lineOf(origin.name.span);
  if (declaration.kind === "env") return `${is}\n\n\`ENV\` in line ${line}.`;
  if (!origin.value) return `has no default: \`--build-arg ${name}=…\` sets it.\n\n\`ARG\` in line ${line}.`;
  return `${is}\n\nThe default of the \`ARG\` in line ${line}; \`--build-arg ${name}=…\` sets another.`;
}

function ofUndeclared(facts: Extract<NameFacts, { kind: "undeclared" }>, lineOf: LineOf): string {
  const { why, hidden, meaning, name } = facts;
  const line = hidden ? lineOf(hidden.name.span) : 0;
  switch (why) {
    case "predefined":
      return `is set by BuildKit: ${meaning}.`;
    case "not-asked-for":
      return `is ${meaning}; BuildKit sets it in a stage that has \`ARG ${name}\`, and this one has none here.`;
    case "from":
      return "is empty here: only an `ARG` in front of it, before the first `FROM`, is seen.";
    case "before-from":
      return `is not set in this stage by the \`ARG\` in line ${line}, which stands before the first \`FROM\`: \`ARG ${name}\` here brings it in.`;
    case "arg-is-gone":
      return `is an \`ARG\` (line ${line}), and gone when the container runs: \`ENV ${name}=$${name}\` keeps it.`;
    case "run":
      return "is set in no line of this file: it comes from the base image, or from who starts the container.";
    case "base":
      return "is set in no line above: it comes from the base image, or is empty.";
    case "nowhere":
      return "is set in no line above: it is empty.";
  }
}
