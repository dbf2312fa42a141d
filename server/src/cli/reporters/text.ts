import { styleText } from "node:util";
import { formatSize } from "../../core";
import type { FileReport, FindingReport, Report } from "./report";

/** Colours a word, or leaves it as it is. */
export type Paint = (format: Parameters<typeof styleText>[0], text: string) => string;

/** Colours where a person looks: NO_COLOR and pipes get none. */
export function paintFor(stream: NodeJS.WriteStream): Paint {
  const colours = stream.isTTY && !process.env.NO_COLOR;
  return (format, text) => (colours ? styleText(format, text) : text);
}

const COLOURS = { error: "red", warning: "yellow", info: "blue", hint: "gray" } as const;

/** What people read: each finding with its place, its fixes and why others are not offered. */
export function textReport(report: Report, paint: Paint): string {
  const parts = report.files.flatMap((file) => (file.error === undefined ? fileText(file, paint) : []));
  const findings = report.files.flatMap(({ findings: all }) => all);
  return [...parts, summary(findings, report.files.filter(({ error }) => error === undefined).length)].join("\n");
}

function fileText(file: FileReport, paint: Paint): readonly string[] {
  if (file.findings.length === 0) return [];
  const size =
    file.size.bytes === null && !file.size.low
      ? ""
      : `  ${paint("dim", `image ${formatSize(file.size)} (${file.size.source})`)}`;
  return [`${paint("bold", file.path)}${size}`, ...file.findings.map((finding) => findingText(finding, paint)), ""];
}

function findingText(finding: FindingReport, paint: Paint): string {
  const { line, character } = finding.range.start;
  const head = `  ${line + 1}:${character + 1}  ${paint(COLOURS[finding.severity], finding.severity)}  ${printable(finding.message)}  ${paint("dim", finding.rule)}`;
  const fixes = finding.fixes.map((fix) => `      ${paint("green", "fix")}  ${fix.title}`);
  const refusals = (finding.refusals ?? []).map(
    ({ target, reason }) => `      ${paint("dim", `no rewrite${target ? ` to ${target}` : ""}: ${reason}`)}`,
  );
  return [head, ...fixes, ...refusals].join("\n");
}

/** A file's bytes never reach the terminal as control characters. */
function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, "\uFFFD");
}

function summary(findings: readonly FindingReport[], files: number): string {
  const count = (severity: FindingReport["severity"]) =>
    findings.filter((finding) => finding.severity === severity).length;
  const counts = (["error", "warning", "info", "hint"] as const).flatMap((severity) =>
    count(severity) > 0 ? [plural(count(severity), severity)] : [],
  );
  return `${counts.length > 0 ? counts.join(", ") : "No findings"} in ${plural(files, "file")}.`;
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? "" : "s"}`;
}
