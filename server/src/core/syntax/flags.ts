import { skipSpace } from "./chars";
import type { Flag } from "./instruction";
import type { LogicalLine } from "./logical";

/** The flags at the head of an instruction's arguments, and where what follows them begins. */
export function readFlags(line: LogicalLine, from: number, escape: string): { flags: readonly Flag[]; rest: number } {
  const flags: Flag[] = [];
  let at = from;
  for (;;) {
    while (isAsciiSpace(line.text.charCodeAt(at))) at++;
    if (!line.text.startsWith("--", at)) return { flags, rest: skipSpace(line.text, at) };
    const word = readWord(line.text, at, escape);
    if (word.text === "--") return { flags, rest: skipSpace(line.text, word.end) };
    const equals = word.text.indexOf("=");
    flags.push({
      name: equals < 0 ? word.text.slice(2) : word.text.slice(2, equals),
      value: equals < 0 ? undefined : word.text.slice(equals + 1),
      span: line.sourceSpan(at, word.end),
      at: [at, word.end],
    });
    at = word.end;
  }
}

/**
 * One word; quotes group and vanish, the escape character takes the next one as it is (BuildKit's extractBuilderFlags).
 * BuildKit reads it byte by byte, so that of a character beyond ASCII each byte becomes a character.
 */
function readWord(text: string, from: number, escape: string): { text: string; end: number } {
  let word = "";
  let quote = "";
  let at = from;
  for (; at < text.length; at++) {
    const ch = text[at] as string;
    if (ch > "\x7f") {
      const bytes = bytesOf(text, at);
      const space = quote ? -1 : bytes.search(/[\x85\xa0]/);
      at += bytes.length > 3 ? 1 : 0;
      word += space < 0 ? bytes : bytes.slice(0, space);
      if (space >= 0) return { text: word, end: at + 1 };
    } else if (!quote && isAsciiSpace(text.charCodeAt(at))) break;
    else if (ch === quote) quote = "";
    else if (!quote && (ch === '"' || ch === "'")) quote = ch;
    else if (ch !== escape) word += ch;
    else if (at + 1 < text.length) word += (text[at + 1] as string) > "\x7f" ? "" : text[++at];
  }
  return { text: word, end: at };
}

function isAsciiSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13);
}

/** The bytes of the character at an offset in UTF-8, each as a character. */
function bytesOf(text: string, at: number): string {
  const code = text.codePointAt(at) ?? 0;
  const tail = (shift: number) => 0x80 | ((code >> shift) & 0x3f);
  if (code < 0x800) return String.fromCharCode(0xc0 | (code >> 6), tail(0));
  if (code < 0x10000) return String.fromCharCode(0xe0 | (code >> 12), tail(6), tail(0));
  return String.fromCharCode(0xf0 | (code >> 18), tail(12), tail(6), tail(0));
}
