/** A source of Java, Kotlin, Scala or Groovy without its comments: each string stands as `"N"`, the place of its value in `strings`. */
export interface JavaText {
  readonly code: string;
  readonly strings: readonly string[];
}

/** Reads the strings and comments of a source. A Kotlin string with `$` keeps it: its value is not told. Linear. */
export function tokenize(source: string): JavaText {
  const strings: string[] = [];
  let code = "";
  let from = 0;
  let at = 0;
  const upTo = (end: number, instead: string) => {
    code += source.slice(from, at) + instead;
    at = end;
    from = end;
  };
  while (at < source.length) {
    const ch = source.charCodeAt(at);
    if (ch === SLASH && source.charCodeAt(at + 1) === SLASH) upTo(endOf(source, "\n", at), " ");
    else if (ch === SLASH && source.charCodeAt(at + 1) === STAR) upTo(behind(source, "*/", at + 2), " ");
    else if (ch === QUOTE && source.startsWith('"""', at)) {
      const end = behind(source, '"""', at + 3);
      const value = source.slice(at + 3, end - 3);
      upTo(end, `"${strings.push(value) - 1}"`);
    } else if (ch === QUOTE || ch === APOSTROPHE) {
      const end = endOfString(source, at);
      const value = source.slice(at + 1, end - 1);
      upTo(end, ch === QUOTE ? `"${strings.push(unescaped(value)) - 1}"` : "' '");
    } else at++;
  }
  return { code: code + source.slice(from), strings };
}

const SLASH = 47;
const STAR = 42;
const QUOTE = 34;
const APOSTROPHE = 39;

function endOf(source: string, mark: string, from: number): number {
  const at = source.indexOf(mark, from);
  return at < 0 ? source.length : at;
}

function behind(source: string, mark: string, from: number): number {
  return Math.min(endOf(source, mark, from) + mark.length, source.length);
}

/** Behind the closing quote, or at the line's end where there is none. */
function endOfString(source: string, start: number): number {
  for (let at = start + 1; at < source.length; at++) {
    if (source[at] === "\\") at++;
    else if (source[at] === source[start]) return at + 1;
    else if (source[at] === "\n") return at;
  }
  return source.length;
}

function unescaped(text: string): string {
  return text.includes("\\") ? text.replace(/\\(["'\\])/g, "$1") : text;
}
