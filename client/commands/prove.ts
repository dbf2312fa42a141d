import { basename } from "node:path";
import { Range, type TextDocument, Uri, WorkspaceEdit, window, workspace } from "vscode";
import { type CompareAnswer, METHODS } from "../../server/src/protocol";
import { isTrusted } from "../trust";
import { type CompareTools, showComparison } from "./compare";
import { inputParams } from "./compare-input";
import { dockerfileOf, runJob } from "./job";

const UNDO = "Undo the rewrite";

/** What the author had written before the rewrite, and what was compared with it. */
type Texts = NonNullable<CompareAnswer["texts"]>;

/** The texts of the rewrites that were compared last, by the file's URI. */
const compared = new Map<string, Texts>();

/** "Ballast: Prove the rewrite": the file against what it was before the rewrite that was made in it. */
export async function prove(tools: CompareTools, uri?: unknown): Promise<void> {
  const document = await dockerfileOf(uri, tools);
  if (!document || !isTrusted()) return;
  const input = await tools.inputs.of(document);
  if (!input) return;
  const name = basename(document.fileName);
  const params = { uri: document.uri.toString(), sinceRewrite: true, ...inputParams(input) };
  const answer = await runJob(`Proving the rewrite of ${name}`, METHODS.compare, params, tools);
  if (!answer) return;
  const { texts } = answer;
  const proven = answer.report.behaviour.same === true;
  if (texts && !proven) compared.set(document.uri.toString(), texts);
  showComparison(answer, input, document, tools, proven ? [] : [undoLink(document)]);
  const tell = answer.report.behaviour.same === false ? window.showWarningMessage : window.showInformationMessage;
  const chosen = await tell(answer.lines[0] ?? "", ...(proven ? [] : [UNDO]));
  if (chosen === UNDO) await undoRewrite(document.uri.toString());
}

function undoLink({ uri }: TextDocument) {
  return { title: UNDO, command: "ballast.undoRewrite", argument: uri.toString() };
}

/** Puts the author's text back. Where the file says something else by now, the user is asked first. */
export async function undoRewrite(uri?: unknown): Promise<void> {
  const texts = typeof uri === "string" ? compared.get(uri) : undefined;
  if (typeof uri !== "string" || !texts) return;
  const document = await workspace.openTextDocument(Uri.parse(uri));
  const text = document.getText();
  if (!sameLines(text, texts.before)) {
    if (!sameLines(text, texts.after) && !(await confirmed(document))) return;
    const edit = new WorkspaceEdit();
    edit.replace(document.uri, new Range(document.positionAt(0), document.positionAt(text.length)), texts.before);
    await workspace.applyEdit(edit);
  }
  await window.showTextDocument(document);
}

async function confirmed({ fileName }: TextDocument): Promise<boolean> {
  const put = "Put it back";
  const message = `${basename(fileName)} has changed since it was compared. Put back the text before the rewrite, and lose those changes?`;
  return (await window.showWarningMessage(message, { modal: true }, put)) === put;
}

/** An editor may end its lines in another way. */
function sameLines(one: string, other: string): boolean {
  return one.replaceAll("\r\n", "\n") === other.replaceAll("\r\n", "\n");
}
