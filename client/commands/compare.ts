import { basename } from "node:path";
import { type TextDocument, window } from "vscode";
import { type CompareAnswer, METHODS } from "../../server/src/protocol";
import { isTrusted } from "../trust";
import type { Reports } from "../views/reports";
import { type CompareInput, type CompareInputs, inputName } from "./compare-input";
import { dockerfileOf, runJob, type Tools } from "./job";

/** What the two commands about Compare use beside the others' tools. */
export interface CompareTools extends Tools {
  readonly inputs: CompareInputs;
  readonly reports: Reports;
}

/** "Ballast: Compare": the file as it stands against its best rewrite, both run with the same input. */
export async function compare(tools: CompareTools, uri?: unknown): Promise<void> {
  const document = await dockerfileOf(uri, tools);
  if (!document || !isTrusted()) return;
  const input = await tools.inputs.of(document);
  if (!input) return;
  const params = { uri: document.uri.toString(), ...("kind" in input ? {} : { stdin: input }) };
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
  if (chosen === details) await tools.reports.show(`Compare ${basename(document.fileName)}`, detailsOf(answer, input));
  if (chosen === change && (await tools.inputs.ask(document))) await compare(tools, document.uri.toString());
}

/** The report as Markdown that reads well as plain text. */
function detailsOf({ report, lines, rewrite }: CompareAnswer, input: CompareInput): string {
  const { before, after, behaviour } = report;
  return [
    `# ${lines[0] ?? ""}`,
    "",
    ...(behaviour.why === undefined ? [] : [`- ${behaviour.why}`]),
    ...(rewrite === undefined ? [] : [`- after: ${rewrite}`]),
    `- both read: ${inputName(input)}`,
    `- user: ${before.user ?? "unknown"} before, ${after.user ?? "unknown"} after`,
    ...behaviour.checks.flatMap(checkLines),
    "",
  ].join("\n");
}

type Check = CompareAnswer["report"]["behaviour"]["checks"][number];

function checkLines({ name, before, after, same }: Check): readonly string[] {
  if (same) return ["", `## ${name}: the same`, ...block(before)];
  const verdict = same === null ? "could not be told" : "different";
  return ["", `## ${name}: ${verdict}`, "", "before:", ...block(before), "", "after:", ...block(after)];
}

function block(text: string | null): readonly string[] {
  if (text === null) return ["", "(unknown)"];
  return text === "" ? ["", "(nothing)"] : ["", "```", text.trimEnd(), "```"];
}
