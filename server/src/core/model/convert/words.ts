import { properties, words } from "../../syntax/ast";
import { heredocHead } from "../../syntax/heredoc";
import type { Instruction, Syntax, Token } from "../../syntax/instruction";
import { lex } from "../../syntax/lexer";
import { quoted } from "../../syntax/quote";
import { type Lookup, wordProblem } from "../expand";
import type { Refused } from "./problem";

/** The words of an instruction that BuildKit's lexer refuses: quotes and braces that do not close, unknown operators. */
export function wordProblems(instruction: Instruction, syntax: Syntax, lookup: Lookup): readonly Refused[] {
  const inWords = expandedWords(instruction).flatMap(({ text, span }) => {
    const message = wordProblem(text, lookup, syntax.escape);
    return message ? [{ span, message }] : [];
  });
  return [...inWords, ...heredocProblems(instruction, syntax)];
}

/** The parts of an instruction in which BuildKit expands variables. */
function expandedWords(instruction: Instruction): readonly Token[] {
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
function heredocProblems({ keyword, heredocs }: Instruction, syntax: Syntax): readonly Refused[] {
  if (keyword !== "COPY" && keyword !== "ADD") return [];
  return heredocs.flatMap(({ expand, body }) => {
    const text = syntax.text.slice(body.start, body.end);
    if (!expand || !text.includes("${")) return [];
    const read = lex(text, { escape: "\\", variable: () => undefined, noQuotes: true });
    return "error" in read ? [{ span: body, message: `failed to process ${quoted(text)}: ${read.error}` }] : [];
  });
}
