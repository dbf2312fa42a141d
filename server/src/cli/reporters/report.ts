import {
  type Analysis,
  estimateImage,
  LineIndex,
  type Offer,
  type Refusal,
  type RuleFinding,
  type Severity,
  type Size,
  type Span,
} from "../../core";

/** The JSON of `check`, version 1 (section 9 of the design). */
export interface Report {
  readonly version: 1;
  readonly files: readonly FileReport[];
}

export interface FileReport {
  readonly path: string;
  readonly error?: string;
  readonly findings: readonly FindingReport[];
  readonly stages: readonly { readonly name: string; readonly base: string; readonly shipped: boolean }[];
  readonly size: Size;
}

export interface Range {
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
}

export interface FindingReport {
  readonly rule: string;
  readonly severity: Severity;
  readonly confidence: "certain" | "likely";
  readonly message: string;
  readonly range: Range;
  readonly related?: readonly { readonly message: string; readonly range: Range }[];
  readonly fixes: readonly FixReport[];
  readonly refusals?: readonly { readonly recipe: string; readonly target?: string; readonly reason: string }[];
  readonly url: string;
}

export interface FixReport {
  readonly title: string;
  readonly safety: string;
  readonly recipe?: string;
  readonly target?: string;
  readonly assumes?: readonly string[];
  readonly size?: Size;
}

/** The part of the report that one file makes. */
export function reportFile(path: string, analysis: Analysis): FileReport {
  const lines = new LineIndex(analysis.text);
  const { model } = analysis.context;
  return {
    path,
    findings: analysis.findings.map((finding) => reportFinding(finding, analysis, lines)),
    stages: model.stages.map((stage) => ({
      name: stage.name?.text ?? String(stage.index),
      base: stage.base.token?.text ?? "",
      shipped: analysis.context.ships(stage),
    })),
    size: model.final ? estimateImage(analysis.context, model.final) : UNKNOWN_SIZE,
  };
}

/** A file that could not be read at all. */
export function reportError(path: string, error: string): FileReport {
  return { path, error, findings: [], stages: [], size: UNKNOWN_SIZE };
}

const UNKNOWN_SIZE: Size = { bytes: null, kind: "unpacked", source: "estimate", platform: "linux/amd64" };

function reportFinding(finding: RuleFinding, analysis: Analysis, lines: LineIndex): FindingReport {
  const answers = analysis.answers(finding);
  const refusals = answers.filter((answer): answer is Refusal => answer.kind === "refusal");
  return {
    rule: finding.rule.id,
    severity: finding.severity,
    confidence: finding.confidence,
    message: finding.message,
    range: rangeOf(lines, finding.span),
    ...(finding.related && {
      related: finding.related.map(({ span, message }) => ({ message, range: rangeOf(lines, span) })),
    }),
    fixes: answers.filter((answer): answer is Offer => answer.kind === "offer").map(reportFix),
    ...(refusals.length > 0 && {
      refusals: refusals.map(({ recipe, target, reason }) => ({ recipe, ...(target && { target }), reason })),
    }),
    url: `docs/rules/${finding.rule.id}.md`,
  };
}

function reportFix({ title, safety, recipe, target, assumes, size }: Offer): FixReport {
  return {
    title,
    safety,
    ...(recipe && { recipe }),
    ...(target && { target }),
    ...(assumes.length > 0 && { assumes }),
    ...(size && { size }),
  };
}

function rangeOf(lines: LineIndex, span: Span): Range {
  return { start: lines.position(span.start), end: lines.position(span.end) };
}
