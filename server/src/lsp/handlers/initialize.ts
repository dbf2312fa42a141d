import { CodeActionKind, type InitializeResult, TextDocumentSyncKind } from "vscode-languageserver/node";
import { SERVER_COMMANDS } from "../../protocol";
import type { Client } from "../client";

/** What the server can do for this client. */
export function initializeResult(client: Client): InitializeResult {
  return {
    capabilities: {
      positionEncoding: "utf-16",
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: { includeText: false } },
      ...(client.pullsDiagnostics && {
        diagnosticProvider: { identifier: "ballast", interFileDependencies: false, workspaceDiagnostics: false },
      }),
      codeActionProvider: {
        codeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.RefactorRewrite, "source.fixAll.ballast"],
        resolveProvider: client.lazyEdits,
      },
      hoverProvider: true,
      inlayHintProvider: true,
      codeLensProvider: {},
      documentLinkProvider: {},
      // Who can be told later is told later, by Navigation: it depends on a setting.
      ...(!client.registersNavigation && {
        definitionProvider: true,
        referencesProvider: true,
        documentHighlightProvider: true,
        renameProvider: { prepareProvider: true },
        documentSymbolProvider: true,
        foldingRangeProvider: true,
      }),
      executeCommandProvider: { commands: Object.values(SERVER_COMMANDS) },
    },
    serverInfo: { name: "ballast" },
  };
}
