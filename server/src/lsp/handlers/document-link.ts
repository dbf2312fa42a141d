import type { DocumentLink, DocumentLinkParams } from "vscode-languageserver/node";
import { parseReference, registryPage, type Stage } from "../../core";
import type { Server } from "../server";
import { toRange } from "../to-lsp";

/** Image references lead to their registry's page about them. */
export function documentLinks({ documents }: Server, { textDocument }: DocumentLinkParams): DocumentLink[] {
  const found = documents.find(textDocument.uri);
  if (!found) return [];
  return found.analysis.context.model.stages.flatMap(({ base }) => {
    const page = base.kind === "image" ? pageOf(base.reference) : undefined;
    return base.token && page
      ? [{ range: toRange(found.document, base.token.span), target: page, tooltip: "Open the registry's page" }]
      : [];
  });
}

function pageOf(reference: Extract<Stage["base"], { kind: "image" }>["reference"]): string | undefined {
  const parsed = parseReference(reference);
  return parsed && registryPage(parsed);
}
