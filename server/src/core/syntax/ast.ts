import { remembered } from "../text/remembered";
import { isBlank, isSpace, skipSpace, wordEnd } from "./chars";
import type { Reading, Token } from "./instruction";

/** A `name=value` of ENV, LABEL or ARG as it is written, quotes and variables included. */
export interface Property {
  readonly name: Token;
  /** Undefined for an ARG without a default. */
  readonly value: Token | undefined;
  /** A `=` stands between them: not in the old form `ENV name value`. */
  readonly assigned: boolean;
}

/** The words behind keyword and flags, as they are written: white space separates them, quotes do not group. */
export const words: (instruction: Reading) => readonly Token[] = remembered(readWords);

function readWords(instruction: Reading): readonly Token[] {
  const { body, bodyAt } = instruction;
  const found: Token[] = [];
  for (let at = 0; at < body.length; ) {
    const end = wordEnd(body, at);
    if (end > at) found.push(token(instruction, bodyAt + at, bodyAt + end));
    at = end;
    while (at < body.length && isBlank(body.charCodeAt(at))) at++;
  }
  return found;
}

/** What an ENV, LABEL or ARG was split into. */
interface Pairs {
  readonly properties: readonly Property[];
  /** The first word of an ENV or LABEL that lacks the `=` it has to have. */
  readonly bare: string | undefined;
}

/** What an ENV, LABEL or ARG sets, in order. What cannot be read is left out. */
export function properties(instruction: Reading): readonly Property[] {
  return pairsOf(instruction).properties;
}

/** The same with what is wrong. */
export const pairsOf: (instruction: Reading) => Pairs = remembered(readPairs);

function readPairs(instruction: Reading): Pairs {
  if (instruction.oversized) return { properties: [], bare: undefined };
  const read = quotedWords(instruction);
  const isArg = instruction.keyword === "ARG";
  // ENV and LABEL have an old form, `ENV name value`; `ARG A B` declares two.
  if (!isArg && read[0] && !read[0].text.includes("=")) return { properties: oldForm(instruction), bare: undefined };
  const found: Property[] = [];
  let bare: string | undefined;
  for (const { start, text } of read) {
    const equals = text.indexOf("=");
    const end = start + text.length;
    if (equals >= 0) {
      const value = token(instruction, start + equals + 1, end);
      found.push({ name: token(instruction, start, start + equals), value, assigned: true });
    } else if (isArg) found.push({ name: token(instruction, start, end), value: undefined, assigned: false });
    else bare ??= text;
  }
  return { properties: found, bare };
}

function oldForm(instruction: Reading): readonly Property[] {
  const { body, bodyAt } = instruction;
  const end = wordEnd(body, 0);
  let value = end;
  while (value < body.length && isBlank(body.charCodeAt(value))) value++;
  if (value === end) return [];
  const rest = token(instruction, bodyAt + value, bodyAt + body.length);
  return [{ name: token(instruction, bodyAt, bodyAt + end), value: rest, assigned: false }];
}

/** A word in which quotes group; they and the escape characters stay. */
export interface QuotedWord {
  readonly text: string;
  /** In the joined line. */
  readonly start: number;
}

/** The words of an ENV, LABEL or ARG (BuildKit's parseWords). An escape character at the very end is left out. */
export function quotedWords({ body, bodyAt, escape }: Reading): readonly QuotedWord[] {
  const found: QuotedWord[] = [];
  let at = 0;
  for (;;) {
    const start = skipSpace(body, at);
    if (start === body.length) return found;
    let quote = "";
    for (at = start; at < body.length; at++) {
      const ch = body[at] as string;
      if (!quote && isSpace(body.charCodeAt(at))) break;
      if (ch === quote) quote = "";
      else if (!quote && (ch === '"' || ch === "'")) quote = ch;
      else if (ch === escape && quote !== "'") {
        if (at + 1 === body.length) break;
        at++;
      }
    }
    if (at > start) found.push({ text: body.slice(start, at), start: bodyAt + start });
    if (at === body.length - 1 && body[at] === escape) return found;
  }
}

function token({ line }: Reading, start: number, end: number): Token {
  return { text: line.text.slice(start, end), span: line.sourceSpan(start, end) };
}
