import { basename } from "node:path";
import { type TextDocument, window } from "vscode";
import { type CompareAnswer, METHODS } from "../../server/src/protocol";
import { isTrusted } from "../trust";
import type { ComparisonView } from "../views/comparison";
import type { PageLink } from "../views/comparison-page";
import { type CompareInput, type CompareInputs, inputName, inputParams } from "./compare-input";
import { dockerfileOf, runJob, type Tools } from "./job";

/** What the two commands about Compare use beside the others' tools. */
export interface CompareTools extends Tools {
  readonly inputs: CompareInputs;
  readonly comparisons: ComparisonView;
}

/** "Ballast: Compare": the file as it stands against its best rewrite, both run with the same input. */
export async function compare(tools: CompareTools, uri?: unknown): Promise<void> {
  const document = await dockerfileOf(uri, tools);
  if (!document || !isTrusted()) return;
  const input = await tools.inputs.of(document);
  if (!input) return;
  const params = { uri: document.uri.toString(), ...inputParams(input) };
  const answer = await runJob(`Comparing ${basename(document.fileName)}`, METHODS.compare, params, tools);
  if (answer) await tell(answer, input, document, tools);
}

/** "Ballast: Change input of Compare". */
export async function changeInput(tools: CompareTools): Promise<void> {
  const document = await dockerfileOf(undefined, tools);
  const input = document && (await tools.inputs.ask(document));
  if (input) window.setStatusBarMessage(`Compare of ${basename(document.fileName)}: ${inputName(input)}`, 5000);
}

async function tell(
  answer: CompareAnswer,
  input: CompareInput,
  document: TextDocument,
  tools: CompareTools,
): Promise<void> {
  const details = "Show details";
  const change = "Change input";
  const show = answer.report.behaviour.same === false ? window.showWarningMessage : window.showInformationMessage;
  const chosen = await show(answer.lines[0] ?? "", details, change);
  if (chosen === details) showComparison(answer, input, document, tools);
  if (chosen === change && (await tools.inputs.ask(document))) await compare(tools, document.uri.toString());
}

/** Both versions side by side, beside the editor. */
export function showComparison(
  answer: CompareAnswer,
  input: CompareInput,
  { uri, fileName }: TextDocument,
  { comparisons }: CompareTools,
  links: readonly PageLink[] = [],
): void {
  comparisons.show(uri.toString(), `Compare ${basename(fileName)}`, { answer, input: inputName(input), links });
}
