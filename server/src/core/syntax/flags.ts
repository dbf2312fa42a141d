import type { Flag } from "./instruction";
import type { LogicalLine } from "./logical";

/** The flags at the head of an instruction's arguments, and where what follows them begins. */
export function readFlags(line: LogicalLine, from: number, escape: string): { flags: readonly Flag[]; rest: number } {
  const flags: Flag[] = [];
  let at = from;
  for (;;) {
    at = skipSpace(line.text, at);
    if (!line.text.startsWith("--", at)) return { flags, rest: at };
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

export function skipSpace(text: string, at: number): number {
  let next = at;
  while (next < text.length && isSpace(text.charCodeAt(next))) next++;
  return next;
}

/** Go's unicode.IsSpace for the characters that are one UTF-16 unit. */
export function isSpace(code: number): boolean {
  return (
    code === 32 ||
    (code >= 9 && code <= 13) ||
    code === 0x85 ||
    code === 0xa0 ||
    (code > 0xff && /\s/.test(String.fromCharCode(code)) && code !== 0xfeff)
  );
}

/** One word; quotes group and vanish, the escape character takes the next one as it is (BuildKit's extractBuilderFlags). */
function readWord(text: string, from: number, escape: string): { text: string; end: number } {
  let word = "";
  let quote = "";
  let at = from;
  for (; at < text.length; at++) {
    const ch = text[at] as string;
    if (!quote && isSpace(text.charCodeAt(at))) break;
    if (ch === quote) quote = "";
    else if (!quote && (ch === '"' || ch === "'")) quote = ch;
    else if (ch !== escape) word += ch;
    else if (at + 1 < text.length) word += text[++at];
  }
  return { text: word, end: at };
}
