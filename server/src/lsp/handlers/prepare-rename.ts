import { LSPErrorCodes, type PrepareRenameParams, type Range, ResponseError } from "vscode-languageserver/node";
import { prepareRename as prepare } from "../../core";
import type { Server } from "../server";
import { toRange } from "../to-lsp";

/** The name at a place where it can be changed; an error with the reason where it is kept. */
export function prepareRename(
  { documents }: Server,
  { textDocument, position }: PrepareRenameParams,
): Range | ResponseError<void> | null {
  const found = documents.find(textDocument.uri);
  if (!found) return null;
  const { document, analysis } = found;
  const { model, project } = analysis.context;
  const answer = prepare(model, project, document.offsetAt(position));
  if (!answer) return null;
  return "reason" in answer ? new ResponseError(LSPErrorCodes.RequestFailed, answer.reason) : toRange(document, answer);
}
