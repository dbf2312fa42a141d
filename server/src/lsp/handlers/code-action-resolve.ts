import { type CodeAction, LSPErrorCodes, ResponseError } from "vscode-languageserver/node";
import type { Server } from "../server";
import { toWorkspaceEdit } from "../to-lsp";
import { type ActionData, offersAt } from "./code-action";

/** The edit of an action that was offered without one. A text that has changed since is told by ContentModified. */
export function resolveCodeAction(server: Server, action: CodeAction): CodeAction | ResponseError<void> {
  const data = action.data as ActionData | undefined;
  if (!data) return action;
  const found = server.documents.find(data.uri);
  const offer = found && offersAt(found.analysis, data.span, server.settings.target)[data.at]?.offer;
  // New facts of the folder can change what is offered though the text is the same.
  if (!offer || found.document.version !== data.version || offer.title !== action.title)
    return new ResponseError(LSPErrorCodes.ContentModified, "The file has changed since this was offered.");
  server.rewrites.offer(found.id, found.analysis, offer);
  return { ...action, edit: toWorkspaceEdit(found.document, offer.change().edits, server.client) };
}
