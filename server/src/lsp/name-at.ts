import type { TextDocumentPositionParams } from "vscode-languageserver/node";
import type { TextDocument } from "vscode-languageserver-textdocument";
import { type Names, namesOf, type Occurrence } from "../core";
import type { Server } from "./server";

/** A name of an open document, with all names beside it. */
export interface FoundName {
  readonly document: TextDocument;
  readonly names: Names;
  readonly name: Occurrence;
}

/** The stage or the variable that stands at a place of an open document. */
export function nameAt(
  { documents }: Server,
  { textDocument, position }: TextDocumentPositionParams,
): FoundName | undefined {
  const found = documents.find(textDocument.uri);
  const names = found && namesOf(found.analysis.context.model);
  const name = names?.at(found?.document.offsetAt(position) ?? 0);
  return found && names && name && { document: found.document, names, name };
}
