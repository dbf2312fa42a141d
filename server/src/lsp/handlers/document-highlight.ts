import {
  type DocumentHighlight,
  DocumentHighlightKind,
  type DocumentHighlightParams,
} from "vscode-languageserver/node";
import { nameAt } from "../name-at";
import type { Server } from "../server";
import { toRange } from "../to-lsp";

/** The places of the name at the cursor, told apart by whether they declare or read it. */
export function documentHighlights(server: Server, params: DocumentHighlightParams): DocumentHighlight[] | null {
  const found = nameAt(server, params);
  if (!found) return null;
  const { document, names, name } = found;
  return names.occurrences(name.subject).map(({ span, role }) => ({
    range: toRange(document, span),
    kind: role === "declaration" ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
  }));
}
