import { basename } from "node:path";
import { Selection, type TextDocument, window } from "vscode";
import { type BuildAnswer, METHODS } from "../../server/src/protocol";
import { dockerfileOf, runJob, type Tools } from "./job";

const SHOW_LOG = "Show log";

/** "Ballast: Build image": builds the text of the editor, saved or not. */
export async function build(tools: Tools, uri?: unknown): Promise<void> {
  const document = await dockerfileOf(uri, tools);
  if (!document) return;
  const title = `Building ${basename(document.fileName)}`;
  const answer = await runJob(title, METHODS.build, { uri: document.uri.toString() }, tools);
  if (!answer) return;
  if (answer.failed) return tellFailed(answer, answer.failed.line, document, tools);
  if ((await window.showInformationMessage(answer.summary, SHOW_LOG)) === SHOW_LOG) tools.log.show();
}

async function tellFailed(
  { summary }: BuildAnswer,
  line: number | null,
  document: TextDocument,
  tools: Tools,
): Promise<void> {
  const goTo = line === null ? [] : [`Go to line ${line}`];
  const chosen = await window.showErrorMessage(summary, ...goTo, SHOW_LOG);
  if (chosen === SHOW_LOG) return tools.log.show();
  if (chosen === undefined || line === null) return;
  // The text may have become shorter since.
  const start = document.lineAt(Math.min(line, document.lineCount) - 1).range.start;
  await window.showTextDocument(document, { selection: new Selection(start, start) });
}
