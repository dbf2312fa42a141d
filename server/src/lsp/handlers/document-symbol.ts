import {
  type DocumentSymbol,
  type DocumentSymbolParams,
  type SymbolInformation,
  SymbolKind,
} from "vscode-languageserver/node";
import type { TextDocument } from "vscode-languageserver-textdocument";
import { type OutlineEntry, outline } from "../../core";
import type { Server } from "../server";
import { toRange } from "../to-lsp";

const KINDS: Readonly<Record<OutlineEntry["kind"], SymbolKind>> = {
  stage: SymbolKind.Module,
  arg: SymbolKind.Constant,
  env: SymbolKind.Variable,
  instruction: SymbolKind.Method,
};

/** The outline: stages and what stands in them. A client that knows no tree gets a list. */
export function documentSymbols(
  { documents, client }: Server,
  { textDocument }: DocumentSymbolParams,
): DocumentSymbol[] | SymbolInformation[] | null {
  const found = documents.find(textDocument.uri);
  if (!found) return null;
  const { document, analysis } = found;
  const entries = outline(analysis.context.model);
  return client.hierarchicalSymbols
    ? entries.map((each) => toSymbol(document, each))
    : entries.flatMap((each) => [
        toFlat(document, each),
        ...each.children.map((child) => toFlat(document, child, each.name)),
      ]);
}

function toSymbol(document: TextDocument, { kind, name, detail, span, head, children }: OutlineEntry): DocumentSymbol {
  return {
    name,
    detail,
    kind: KINDS[kind],
    range: toRange(document, span),
    selectionRange: toRange(document, head),
    children: children.map((each) => toSymbol(document, each)),
  };
}

function toFlat(document: TextDocument, { kind, name, span }: OutlineEntry, containerName?: string): SymbolInformation {
  const location = { uri: document.uri, range: toRange(document, span) };
  return { name, kind: KINDS[kind], location, ...(containerName !== undefined && { containerName }) };
}
