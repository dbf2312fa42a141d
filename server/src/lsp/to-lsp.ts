import {
  type Diagnostic,
  DiagnosticSeverity,
  DiagnosticTag,
  type Range,
  type TextEdit,
  type WorkspaceEdit,
} from "vscode-languageserver/node";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { Edit, RuleFinding, Severity, Span } from "../core";
import type { Client } from "./client";

const SEVERITIES: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** Rules whose findings editors can show as what they are. */
const TAGS: ReadonlyMap<string, DiagnosticTag> = new Map([
  ["end-of-life-base", DiagnosticTag.Deprecated],
  ["unreachable-stage", DiagnosticTag.Unnecessary],
]);

export function toRange(document: TextDocument, { start, end }: Span): Range {
  return { start: document.positionAt(start), end: document.positionAt(end) };
}

/** `url` is the page of the finding's rule. */
export function toDiagnostic(document: TextDocument, finding: RuleFinding, client: Client, url: string): Diagnostic {
  const { rule, span, message, related, severity } = finding;
  const tag = client.diagnosticTags ? TAGS.get(rule.id) : undefined;
  return {
    range: toRange(document, span),
    severity: SEVERITIES[severity],
    code: rule.id,
    source: "ballast",
    message,
    ...(client.codeDescription && { codeDescription: { href: url } }),
    ...(tag !== undefined && { tags: [tag] }),
    ...(related &&
      client.relatedInformation && {
        relatedInformation: related.map((each) => ({
          location: { uri: document.uri, range: toRange(document, each.span) },
          message: each.message,
        })),
      }),
  };
}

function toTextEdits(document: TextDocument, edits: readonly Edit[]): TextEdit[] {
  return edits.map(({ span, text }) => ({ range: toRange(document, span), newText: text }));
}

/** Edits of one document, tied to its version where the client can. */
export function toWorkspaceEdit(document: TextDocument, edits: readonly Edit[], client: Client): WorkspaceEdit {
  const { uri, version } = document;
  const changes = toTextEdits(document, edits);
  return client.versionedEdits
    ? { documentChanges: [{ textDocument: { uri, version }, edits: changes }] }
    : { changes: { [uri]: changes } };
}
