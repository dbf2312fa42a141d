import type { CodeLens, CodeLensParams } from "vscode-languageserver/node";
import { CLIENT_COMMANDS, SERVER_COMMANDS } from "../../protocol";
import type { Server } from "../server";
import { toRange } from "../to-lsp";

/** Build and Compare above the stage that ships. */
export function codeLenses({ documents, client, settings }: Server, { textDocument }: CodeLensParams): CodeLens[] {
  const found = documents.find(textDocument.uri);
  const from = found?.analysis.context.model.final?.from;
  if (!from || settings.codeLens === false) return [];
  const commands = client.ui ? CLIENT_COMMANDS : SERVER_COMMANDS;
  const range = toRange(found.document, from.keywordSpan);
  const lens = (title: string, command: string) => ({
    range,
    command: { title, command, arguments: [found.document.uri] },
  });
  return [lens("Build image", commands.build), lens("Compare with the rewrite", commands.compare)];
}
