import type { CodeAction } from "vscode-languageserver/node";
import type { Analysis, Edit } from "../../core";
import type { Found } from "../documents";
import type { Server } from "../server";
import { toWorkspaceEdit } from "../to-lsp";

/** All fixes that are safe unasked, in one action; none where there are none. */
export function fixAll({ client }: Server, { document, analysis }: Found): CodeAction[] {
  const edits = safeEdits(analysis);
  if (edits.length === 0) return [];
  return [
    {
      title: "Make all safe fixes of Ballast",
      kind: "source.fixAll.ballast",
      edit: toWorkspaceEdit(document, edits, client),
    },
  ];
}

/** The edits of all safe fixes. Of two fixes that want the same characters the first is taken, whole. */
function safeEdits(analysis: Analysis): readonly Edit[] {
  const taken: Edit[] = [];
  const seen = new Set<unknown>();
  for (const finding of analysis.findings) {
    const safe = analysis.answers(finding).find((answer) => answer.kind === "offer" && answer.safety === "safe");
    if (safe?.kind !== "offer" || seen.has(safe)) continue;
    seen.add(safe);
    const { edits } = safe.change();
    if (!edits.some((edit) => taken.some((other) => overlap(edit, other)))) taken.push(...edits);
  }
  return taken;
}

function overlap({ span: a }: Edit, { span: b }: Edit): boolean {
  return a.start === b.start || (a.start < b.end && b.start < a.end);
}
