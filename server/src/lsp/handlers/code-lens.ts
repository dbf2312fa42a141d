import { type CodeLens, type CodeLensParams, CodeLensRefreshRequest } from "vscode-languageserver/node";
import { CLIENT_COMMANDS, SERVER_COMMANDS } from "../../protocol";
import type { Server } from "../server";
import { toRange } from "../to-lsp";

/** Build and Compare above the stage that ships; once it is what a rewrite made of it, Prove it in place of Compare. */
export function codeLenses(server: Server, { textDocument }: CodeLensParams): CodeLens[] {
  const { documents, client, settings, rewrites, access } = server;
  const found = documents.find(textDocument.uri);
  const from = found?.analysis.context.model.final?.from;
  if (!from || settings.codeLens === false) return [];
  const commands = client.ui ? CLIENT_COMMANDS : { ...SERVER_COMMANDS, prove: SERVER_COMMANDS.compare };
  const range = toRange(found.document, from.keywordSpan);
  const { uri } = found.document;
  const lens = (title: string, command: string, argument: unknown = uri) => ({
    range,
    command: { title, command, arguments: [argument] },
  });
  const toProve = access.state.kind !== "untrusted" && rewrites.of(found.id, found.analysis) !== undefined;
  return [
    lens("Build image", commands.build),
    toProve
      ? lens("Prove it: build and run both versions", commands.prove, client.ui ? uri : { uri, sinceRewrite: true })
      : lens("Compare with the rewrite", commands.compare),
  ];
}

/** Has the client ask again. */
export function refreshLenses({ client, connection }: Pick<Server, "client" | "connection">): void {
  if (client.refreshesLenses) connection.sendRequest(CodeLensRefreshRequest.type).catch(() => undefined);
}
