import type { CodeAction } from "vscode-languageserver/node";
import { fixAll } from "../../core";
import type { Found } from "../documents";
import type { Server } from "../server";
import { toWorkspaceEdit } from "../to-lsp";

/** All fixes that are safe unasked, in one action; none where there are none. */
export function fixAllActions({ client }: Server, { document, analysis }: Found): CodeAction[] {
  const { edits } = fixAll(analysis);
  if (edits.length === 0) return [];
  return [
    {
      title: "Make all safe fixes of Ballast",
      kind: "source.fixAll.ballast",
      edit: toWorkspaceEdit(document, edits, client),
    },
  ];
}
