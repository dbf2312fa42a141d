import { type FoldingRange, FoldingRangeKind, type FoldingRangeParams } from "vscode-languageserver/node";
import { folds } from "../../core";
import type { Server } from "../server";

/** What can be folded: stages, long instructions, heredocs, comments. */
export function foldingRanges({ documents }: Server, { textDocument }: FoldingRangeParams): FoldingRange[] | null {
  const found = documents.find(textDocument.uri);
  if (!found) return null;
  return folds(found.analysis.context.model).map(({ startLine, endLine, kind }) => ({
    startLine,
    endLine,
    ...(kind === "comment" && { kind: FoldingRangeKind.Comment }),
  }));
}
