import type { DidChangeTextDocumentParams, DidOpenTextDocumentParams } from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import type { Place, Session } from "../app/session";
import type { Analysis } from "../core";
import { documentId, placeOf } from "./uri";

/** An open document: its text with its lines, and what is known of it. */
export interface Found {
  readonly id: string;
  readonly document: TextDocument;
  readonly analysis: Analysis;
  readonly place: Place;
}

/** Under what the measured sizes of a document are remembered: its folder, or itself where it stands in none. */
export function placeKey({ id, place }: Found): string {
  return place.folder ?? id;
}

/** The texts of the open documents, as the client tells them; each change goes on to the session. */
export class Documents {
  private readonly texts = new Map<string, TextDocument>();

  constructor(private readonly session: Session) {}

  open({ textDocument: { uri, languageId, version, text } }: DidOpenTextDocumentParams): void {
    this.accept(TextDocument.create(uri, languageId, version, text));
  }

  change({ textDocument: { uri, version }, contentChanges }: DidChangeTextDocumentParams): void {
    const document = this.texts.get(documentId(uri));
    if (document) this.accept(TextDocument.update(document, contentChanges, version));
  }

  close(uri: string): void {
    this.texts.delete(documentId(uri));
    this.session.close(documentId(uri));
  }

  /** Undefined where it is not open, or is no text that could be a Dockerfile. */
  find(uri: string): Found | undefined {
    const id = documentId(uri);
    const document = this.texts.get(id);
    const file = this.session.get(id);
    return document && file && { id, document, ...file };
  }

  /** Resolves when the facts of the document's folder are known, or after so many milliseconds. */
  async settled(uri: string, patience: number): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const enough = new Promise((resolve) => {
      timer = setTimeout(resolve, patience);
    });
    await Promise.race([this.session.settled(documentId(uri)), enough]);
    clearTimeout(timer);
  }

  get all(): readonly Found[] {
    return [...this.texts.keys()].flatMap((id) => this.find(id) ?? []);
  }

  private accept(document: TextDocument): void {
    const id = documentId(document.uri);
    this.texts.set(id, document);
    this.session.update(id, document.getText(), placeOf(document.uri));
  }
}
