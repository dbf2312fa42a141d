import type { DefinitionParams, Location } from "vscode-languageserver/node";
import { nameAt } from "../name-at";
import type { Server } from "../server";
import { toRange } from "../to-lsp";

/** Where the stage or the variable is declared that stands at a place. */
export function definition(server: Server, params: DefinitionParams): Location | null {
  const found = nameAt(server, params);
  if (!found) return null;
  const { document, names, name } = found;
  return { uri: document.uri, range: toRange(document, names.definition(name)) };
}
