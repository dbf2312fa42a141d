import { LSPErrorCodes, type RenameParams, ResponseError, type WorkspaceEdit } from "vscode-languageserver/node";
import { rename as renameName } from "../../core";
import { navigates, type Server } from "../server";
import { toWorkspaceEdit } from "../to-lsp";

/** Gives a stage or an ARG another name in all its places; an error with the reason where that is refused. */
export function rename(server: Server, params: RenameParams): WorkspaceEdit | ResponseError<void> | null {
  const found = navigates(server) ? server.documents.find(params.textDocument.uri) : undefined;
  if (!found) return null;
  const { document, analysis } = found;
  const { model, project } = analysis.context;
  const answer = renameName(model, project, document.offsetAt(params.position), params.newName);
  if (!answer) return null;
  return "reason" in answer
    ? new ResponseError(LSPErrorCodes.RequestFailed, answer.reason)
    : toWorkspaceEdit(document, answer, server.client);
}
