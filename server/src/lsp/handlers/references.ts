import type { Location, ReferenceParams } from "vscode-languageserver/node";
import { nameAt } from "../name-at";
import type { Server } from "../server";
import { toRange } from "../to-lsp";

/** All places of the stage or the variable that stands at a place. */
export function references(server: Server, params: ReferenceParams): Location[] | null {
  const found = nameAt(server, params);
  if (!found) return null;
  const { document, names, name } = found;
  return names
    .occurrences(name.subject)
    .filter(({ role }) => params.context.includeDeclaration || role !== "declaration")
    .map(({ span }) => ({ uri: document.uri, range: toRange(document, span) }));
}
