import {
  BulkRegistration,
  type BulkUnregistration,
  DefinitionRequest,
  DocumentHighlightRequest,
  DocumentSymbolRequest,
  FoldingRangeRequest,
  LSPErrorCodes,
  ReferencesRequest,
  RenameRequest,
  ResponseError,
} from "vscode-languageserver/node";
import { METHODS } from "../protocol";
import { definition } from "./handlers/definition";
import { documentHighlights } from "./handlers/document-highlight";
import { documentSymbols } from "./handlers/document-symbol";
import { foldingRanges } from "./handlers/folding-range";
import { prepareRename } from "./handlers/prepare-rename";
import { references } from "./handlers/references";
import { rename } from "./handlers/rename";
import { guarded, navigates, type Server } from "./server";

const defect = new ResponseError<void>(LSPErrorCodes.RequestFailed, "A defect in Ballast itself; the log has it.");

/**
 * Questions about names: answered where no other extension does so, or where the user wants it. A client that can is told
 * when that changes, so that it shows nothing twice; others get no answer.
 */
export class Navigation {
  private registered: Promise<BulkUnregistration | undefined> = Promise.resolve(undefined);
  private on = false;

  constructor(private readonly server: Server) {}

  listen(): void {
    const { server } = this;
    const { connection } = server;
    const when = <P, R>(method: string, nothing: R, handle: (server: Server, params: P) => R) =>
      guarded(server, method, nothing, (params: P): R => (navigates(server) ? handle(server, params) : nothing));
    connection.onDefinition(when("textDocument/definition", null, definition));
    connection.onReferences(when("textDocument/references", null, references));
    connection.onDocumentHighlight(when("textDocument/documentHighlight", null, documentHighlights));
    connection.onPrepareRename(when("textDocument/prepareRename", null, prepareRename));
    connection.onRenameRequest(guarded(server, "textDocument/rename", defect, (params) => rename(server, params)));
    connection.onDocumentSymbol(when("textDocument/documentSymbol", null, documentSymbols));
    connection.onFoldingRanges(when("textDocument/foldingRange", null, foldingRanges));
    connection.onNotification(METHODS.elsewhere, (params: unknown) => {
      server.navigatesElsewhere =
        typeof params === "object" && params !== null && "navigates" in params && params.navigates === true;
      this.changed();
    });
    this.changed();
  }

  /** A setting has changed, or another extension has come or gone. */
  changed(): void {
    const on = navigates(this.server);
    if (on === this.on || !this.server.client.registersNavigation) return;
    this.on = on;
    this.registered = this.registered.then((before) => {
      before?.dispose();
      return on ? this.register() : undefined;
    });
  }

  private async register(): Promise<BulkUnregistration | undefined> {
    const bulk = BulkRegistration.create();
    // The client's own documents.
    const documentSelector = null;
    bulk.add(DefinitionRequest.type, { documentSelector });
    bulk.add(ReferencesRequest.type, { documentSelector });
    bulk.add(DocumentHighlightRequest.type, { documentSelector });
    bulk.add(RenameRequest.type, { documentSelector, prepareProvider: true });
    bulk.add(DocumentSymbolRequest.type, { documentSelector, label: "Ballast" });
    bulk.add(FoldingRangeRequest.type, { documentSelector });
    return this.server.connection.client.register(bulk).catch(() => undefined);
  }
}
