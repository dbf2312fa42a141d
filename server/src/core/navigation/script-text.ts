import { modeOf, PLAIN, shellMode } from "../shell/shell-words";
import { bodySpan, type Instruction, type Syntax, type Token } from "../syntax/instruction";
import type { Span } from "../text/span";

/** A script of a shell that stands in an instruction, heredocs included, and where each piece of it is in the file. */
export interface ScriptText {
  readonly source: string;
  readonly toFile: (start: number, end: number) => Span;
}

/** The script that a RUN, CMD, ENTRYPOINT or HEALTHCHECK gives to a shell; undefined where it gives none. */
export function scriptText(syntax: Syntax, instruction: Instruction): ScriptText | undefined {
  const { keyword, json, body, heredocs, oversized } = instruction;
  if (oversized) return undefined;
  if (json) return execText(syntax, json);
  if (keyword === "HEALTHCHECK") {
    const from = /^CMD\s+(?!\[)/i.exec(body)?.[0].length;
    return from === undefined ? undefined : bodyText(instruction, from);
  }
  const [heredoc] = heredocs;
  if (heredoc && /^\d*<<-?\s*\S+$/.test(body)) return heredocText(syntax, heredoc.body);
  return heredocs.length === 0 ? bodyText(instruction, 0) : wholeText(syntax, instruction);
}

/** `["sh", "-c", "…"]`, where the string says the same with its escapes. */
function execText({ text }: Syntax, words: readonly Token[]): ScriptText | undefined {
  const script = words.at(-1);
  if (!script || !shellMode(words.slice(0, -1).map((word) => word.text))) return undefined;
  const start = script.span.start + 1;
  if (text.slice(start, script.span.end - 1) !== script.text) return undefined;
  return { source: script.text, toFile: (from, to) => ({ start: start + from, end: start + to }) };
}

function bodyText(instruction: Instruction, from: number): ScriptText {
  return {
    source: instruction.body.slice(from),
    toFile: (start, end) => bodySpan(instruction, from + start, from + end),
  };
}

function heredocText({ text }: Syntax, { start, end }: Span): ScriptText | undefined {
  const source = text.slice(start, end);
  if (!modeOf(source, PLAIN)) return undefined;
  return { source, toFile: (from, to) => ({ start: start + from, end: start + to }) };
}

/** The line, and below it the bodies of its heredocs with their ends: as BuildKit gives it to the shell. */
function wholeText({ text }: Syntax, instruction: Instruction): ScriptText {
  const pieces = [
    { at: 0, text: `${instruction.body}\n`, toFile: (at: number) => bodySpan(instruction, at, at).start },
  ];
  let at = instruction.body.length + 1;
  for (const { body, name } of instruction.heredocs) {
    const piece = `${text.slice(body.start, body.end)}${name}\n`;
    pieces.push({ at, text: piece, toFile: (offset) => body.start + offset });
    at += piece.length;
  }
  return {
    source: pieces.map((piece) => piece.text).join(""),
    toFile: (start, end) => {
      const piece = pieces.findLast((each) => each.at <= start) ?? pieces[0];
      const from = piece?.toFile(start - piece.at) ?? 0;
      return { start: from, end: from + end - start };
    },
  };
}
