import { type Diagnostic, DiagnosticSeverity, type DocumentDiagnosticReport } from "vscode-languageserver/node";
import type { Found } from "../documents";
import { guarded, type Server } from "../server";
import { toDiagnostic } from "../to-lsp";

/** Diagnostics, pulled by the client where it can and pushed where it cannot: never both. */
export class Diagnostics {
  /** Counts what changes diagnostics without a new version of the text. */
  private generation = 0;
  private readonly waiting = new Set<string>();

  constructor(private readonly server: Server) {}

  listen(): void {
    const { connection, client } = this.server;
    if (!client.pullsDiagnostics) return;
    const nothing: DocumentDiagnosticReport = { kind: "full", items: [] };
    connection.languages.diagnostics.on(
      guarded(this.server, "textDocument/diagnostic", nothing, ({ textDocument, previousResultId }) => {
        const found = this.server.documents.find(textDocument.uri);
        if (!found) return nothing;
        const resultId = `${this.generation}.${found.document.version}`;
        return resultId === previousResultId
          ? { kind: "unchanged", resultId }
          : { kind: "full", resultId, items: diagnosticsOf(this.server, found) };
      }),
    );
  }

  /** The text is a new one: the client pulls by itself. */
  textChanged(uri: string): void {
    if (!this.server.client.pullsDiagnostics) this.push(uri);
  }

  /** Something else is known about the same text. */
  factsChanged(uri: string): void {
    this.generation++;
    const { client, connection } = this.server;
    if (!client.pullsDiagnostics) this.push(uri);
    else if (client.refreshesDiagnostics) connection.languages.diagnostics.refresh();
  }

  closed(uri: string): void {
    if (!this.server.client.pullsDiagnostics) void this.server.connection.sendDiagnostics({ uri, diagnostics: [] });
  }

  /** After what is in the queue: of several keystrokes that arrived together only the last is answered. */
  private push(uri: string): void {
    if (this.waiting.has(uri)) return;
    this.waiting.add(uri);
    setImmediate(
      guarded(this.server, "textDocument/publishDiagnostics", undefined, () => {
        this.waiting.delete(uri);
        const found = this.server.documents.find(uri);
        const diagnostics = found ? diagnosticsOf(this.server, found) : [];
        const version = found && { version: found.document.version };
        void this.server.connection.sendDiagnostics({ uri, ...version, diagnostics });
      }),
    );
  }
}

function diagnosticsOf(server: Server, found: Found): Diagnostic[] {
  const { client, ruleUrl } = server;
  const findings = found.analysis.findings.map((finding) =>
    toDiagnostic(found.document, finding, client, ruleUrl(finding.rule.id)),
  );
  return [...findings, ...buildFailure(server, found)];
}

/** The step at which the last build of this text failed. */
function buildFailure({ jobs }: Server, { id, document }: Found): Diagnostic[] {
  const failed = jobs.failureOf(id);
  if (!failed) return [];
  const line = (failed.line ?? 1) - 1;
  const text = document.getText({ start: { line, character: 0 }, end: { line: line + 1, character: 0 } });
  const range = { start: { line, character: 0 }, end: { line, character: text.trimEnd().length } };
  return [{ range, severity: DiagnosticSeverity.Error, source: "ballast build", message: failed.message }];
}
