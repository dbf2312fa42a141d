import { properties, words } from "../../syntax/ast";
import { heredocHead } from "../../syntax/heredoc";
import type { Reading, Syntax, Token } from "../../syntax/instruction";
import { lex } from "../../syntax/lexer";
import { quoted } from "../../syntax/quote";
import { isPlain, type Lookup, wordProblem } from "../expand";
import type { Refused } from "./problem";

/** The first word of an instruction that BuildKit's lexer refuses: a quote or brace that does not close, an unknown operator. */
export function refusedWord(
  instruction: Reading,
  syntax: Pick<Syntax, "escape" | "text">,
  lookup: Lookup,
): Refused | undefined {
  if (!isPlain(instruction.line.text)) {
    for (const { text, span } of expandedWords(instruction)) {
      const message = wordProblem(text, lookup, syntax.escape);
      if (message) return { span, message };
    }
  }
  return instruction.heredocs.length > 0 ? refusedHeredoc(instruction, syntax) : undefined;
}

/** The parts of an instruction in which BuildKit expands variables. */
function expandedWords(instruction: Reading): readonly Token[] {
  const { keyword, flags, body, bodyAt, line, json } = instruction;
  switch (keyword) {
    case "ARG":
      return properties(instruction).flatMap(({ value }) => value ?? []);
    case "ENV":
    case "LABEL":
      return properties(instruction).flatMap(({ name, value }) => [name, ...(value ? [value] : [])]);
    case "COPY":
    case "ADD": {
      const expanded = keyword === "ADD" ? ["chown", "chmod", "checksum"] : ["chown", "chmod"];
      const ofFlags = flags.filter(({ name }) => expanded.includes(name));
      const paths = (json ?? words(instruction)).filter(({ text }) => !(text.includes("<<") && heredocHead(text)));
      return [...ofFlags.map(({ value = "", span }) => ({ text: value, span })), ...paths];
    }
    case "EXPOSE":
    case "VOLUME":
      return json ?? words(instruction);
    case "STOPSIGNAL":
    case "USER":
    case "WORKDIR":
      return [{ text: body, span: line.sourceSpan(bodyAt, bodyAt + body.length) }];
    default:
      return [];
  }
}

/** COPY and ADD expand the body of a heredoc whose name is not quoted; quotes mean nothing there. */
function refusedHeredoc({ keyword, heredocs }: Reading, syntax: Pick<Syntax, "escape" | "text">): Refused | undefined {
  if (keyword !== "COPY" && keyword !== "ADD") return undefined;
  for (const { expand, body } of heredocs) {
    const text = syntax.text.slice(body.start, body.end);
    if (!expand || !text.includes("${")) continue;
    const read = lex(text, { escape: "\\", variable: () => undefined, noQuotes: true });
    if ("error" in read) return { span: body, message: `failed to process ${quoted(text)}: ${read.error}` };
  }
  return undefined;
}
