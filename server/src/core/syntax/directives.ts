import { isSpace, skipSpace } from "./chars";

export interface DirectiveText {
  /** In lower case. */
  readonly name: string;
  readonly value: string;
}

const NAMES = new Set(["syntax", "escape", "check"]);
const ASSIGNMENT = /^([a-zA-Z][a-zA-Z0-9]*)[\t\n\f\r ]*=(.+)$/s;

/** The parser directive that a line is, its indentation left out; undefined where it is another line, which ends them. */
export function readDirective(line: string): DirectiveText | undefined {
  if (!line.startsWith("#")) return undefined;
  const [, word = "", rest = ""] = ASSIGNMENT.exec(line.slice(skipSpace(line, 1))) ?? [];
  const name = word.toLowerCase();
  return NAMES.has(name) && rest !== "" ? { name, value: trimmed(rest) } : undefined;
}

/** Of white space alone the last character counts, as for BuildKit's expression. */
function trimmed(text: string): string {
  const isAsciiSpace = (at: number) =>
    text.charCodeAt(at) !== 11 && text.charCodeAt(at) < 33 && isSpace(text.charCodeAt(at));
  let start = 0;
  let end = text.length;
  while (end > 0 && isAsciiSpace(end - 1)) end--;
  if (end === 0) return text.slice(-1);
  while (isAsciiSpace(start)) start++;
  return text.slice(start, end);
}
