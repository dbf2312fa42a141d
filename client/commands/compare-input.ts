import { basename } from "node:path";
import { type Memento, type TextDocument, Uri, window } from "vscode";
import type { CompareParams } from "../../server/src/protocol";

/** What both programs read from standard input. */
export type CompareInput = { readonly kind: "none" } | NonNullable<CompareParams["stdin"]>;

/** The input of each file, asked for once and remembered for the workspace. */
export class CompareInputs {
  constructor(private readonly memory: Memento) {}

  /** The remembered input; asked for where there is none. Undefined where the user would not say. */
  async of(document: TextDocument): Promise<CompareInput | undefined> {
    return this.memory.get<CompareInput>(keyOf(document)) ?? this.ask(document);
  }

  /** Asks, and remembers the answer. */
  async ask(document: TextDocument): Promise<CompareInput | undefined> {
    const input = await askInput(document, this.memory.get<CompareInput>(keyOf(document)));
    if (input) await this.memory.update(keyOf(document), input);
    return input;
  }
}

function keyOf({ uri }: TextDocument): string {
  return `compare.input ${uri.toString()}`;
}

/** As the server is told it. */
export function inputParams(input: CompareInput): Pick<CompareParams, "stdin"> {
  return "kind" in input ? {} : { stdin: input };
}

/** In a few words, for a message. */
export function inputName(input: CompareInput): string {
  if ("uri" in input) return `input from ${basename(Uri.parse(input.uri).path)}`;
  return "text" in input ? `input ${JSON.stringify(input.text)}` : "no input";
}

async function askInput(document: TextDocument, known?: CompareInput): Promise<CompareInput | undefined> {
  const none = { label: "$(circle-slash) No input", description: "The programs read nothing" };
  const text = { label: "$(edit) Type it…", description: "A line of text; \\n begins a new one" };
  const file = { label: "$(file) A file…", description: "Its content is what both programs read" };
  const chosen = await window.showQuickPick([text, file, none], {
    title: "Compare: what do both programs read from standard input?",
    placeHolder: known ? `Now: ${inputName(known)}` : "Asked once for each Dockerfile",
  });
  if (chosen === none) return { kind: "none" };
  if (chosen === text) return typeText(known);
  return chosen === file ? chooseFile(document) : undefined;
}

async function typeText(known?: CompareInput): Promise<CompareInput | undefined> {
  const typed = await window.showInputBox({
    title: "Compare: input of both programs",
    prompt: "\\n begins a new line, \\t is a tab, \\\\ a backslash.",
    value: known && "text" in known ? escape(known.text) : "",
  });
  return typed === undefined ? undefined : { text: unescape(typed) };
}

async function chooseFile({ uri }: TextDocument): Promise<CompareInput | undefined> {
  const [chosen] =
    (await window.showOpenDialog({
      title: "Compare: input of both programs",
      openLabel: "Use as input",
      ...(uri.scheme !== "untitled" && { defaultUri: Uri.joinPath(uri, "..") }),
    })) ?? [];
  return chosen && { uri: chosen.toString() };
}

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", t: "\t", "\\": "\\" };

/** `2 * 3\nexit` as two lines; a last line is ended, as a terminal would. */
function unescape(typed: string): string {
  const text = typed.replace(/\\([nt\\])/g, (_, letter: string) => ESCAPES[letter] ?? letter);
  return text === "" || text.endsWith("\n") ? text : `${text}\n`;
}

function escape(text: string): string {
  return text.replace(/\n$/, "").replaceAll("\\", "\\\\").replaceAll("\n", "\\n").replaceAll("\t", "\\t");
}
