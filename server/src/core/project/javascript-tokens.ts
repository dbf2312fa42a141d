/** A token of JavaScript or TypeScript. A template with `${…}` in it is a string without a text. */
export interface Token {
  readonly kind: "name" | "string" | "sign";
  readonly text: string | undefined;
}

/** The names, strings and signs of a source, in order; comments, numbers and regular expressions are left out. Linear. */
export function tokensOf(source: string): readonly Token[] {
  const tokens: Token[] = [];
  const end = source.length;
  /** For each `${` that is open, how many braces are open in it. */
  const open: number[] = [];
  let at = 0;
  /** Up to here slashes divide: a pattern that began in this line does not end in it. */
  let noPattern = 0;
  while (at < end) {
    const ch = source[at] as string;
    const next = source[at + 1];
    if (ch === "/" && next === "/") at = lineEnd(source, at);
    else if (ch === "/" && next === "*") at = after(source, "*/", at + 2);
    else if (ch === '"' || ch === "'") {
      const close = stringEnd(source, at);
      if (close !== undefined) tokens.push({ kind: "string", text: unescaped(source.slice(at + 1, close)) });
      at = (close ?? at) + 1;
    } else if (ch === "`" || (ch === "}" && open.at(-1) === 0)) {
      const isFirst = ch === "`";
      if (!isFirst) open.pop();
      const close = templateEnd(source, at + 1);
      const isLast = source[close] !== "$";
      if (!isLast) open.push(0);
      if (isFirst) tokens.push({ kind: "string", text: isLast ? source.slice(at + 1, close) : undefined });
      at = close + (isLast ? 1 : 2);
    } else if (ch === "/" && at >= noPattern && beginsPattern(tokens.at(-1))) {
      const close = patternEnd(source, at);
      if (close === undefined) noPattern = lineEnd(source, at);
      at = close ?? at + 1;
    } else if (ch === "\\") at += 2;
    else if (isNameStart(ch)) {
      const from = at;
      while (at < end && isNamePart(source.charCodeAt(at))) at++;
      tokens.push({ kind: "name", text: source.slice(from, at) });
    } else {
      if (open.length > 0 && (ch === "{" || ch === "}")) open.push((open.pop() ?? 0) + (ch === "{" ? 1 : -1));
      // Numbers stand where values do: what follows them is no pattern.
      if (ch > " ") tokens.push(isDigit(ch) ? NUMBER : { kind: "sign", text: ch });
      at++;
    }
  }
  return tokens;
}

const NUMBER: Token = { kind: "sign", text: "0" };

function lineEnd(source: string, at: number): number {
  const end = source.indexOf("\n", at);
  return end < 0 ? source.length : end;
}

function after(source: string, mark: string, at: number): number {
  const end = source.indexOf(mark, at);
  return end < 0 ? source.length : end + mark.length;
}

/** Where the quote closes; undefined where the line ends first, as behind an apostrophe in JSX. */
function stringEnd(source: string, at: number): number | undefined {
  const quote = source[at];
  for (let each = at + 1; each < source.length; each++) {
    const ch = source[each];
    if (ch === quote) return each;
    if (ch === "\n") return undefined;
    if (ch === "\\") each++;
  }
  return undefined;
}

/** The closing backtick of a template, or the `$` of the next `${`. */
function templateEnd(source: string, from: number): number {
  let at = from;
  while (at < source.length && source[at] !== "`" && !(source[at] === "$" && source[at + 1] === "{"))
    at += source[at] === "\\" ? 2 : 1;
  return Math.min(at, source.length);
}

/** Behind the closing slash; undefined where the line ends first. */
function patternEnd(source: string, from: number): number | undefined {
  let inClass = false;
  for (let at = from + 1; at < source.length; at++) {
    const ch = source[at];
    if (ch === "\n") return undefined;
    if (ch === "\\") at++;
    else if (ch === "[") inClass = true;
    else if (ch === "]") inClass = false;
    else if (ch === "/" && !inClass) return at + 1;
  }
  return undefined;
}

/** Words behind which a value begins. */
const BEFORE_VALUE = new Set(
  "return typeof case in of new delete void throw do else await yield instanceof".split(" "),
);

/** Behind a value a slash divides. */
function beginsPattern(before: Token | undefined): boolean {
  if (!before) return true;
  if (before.kind === "name") return BEFORE_VALUE.has(before.text ?? "");
  return before.kind === "sign" && !/[)\]}0]/.test(before.text ?? "");
}

/** Escapes of names of files and packages: none, or that of the quote. */
function unescaped(text: string): string {
  return text.includes("\\") ? text.replace(/\\([\\'"/])/g, "$1") : text;
}

function isDigit(ch: string): boolean {
  return ch >= "0" && ch <= "9";
}

function isNameStart(ch: string): boolean {
  return !isDigit(ch) && isNamePart(ch.charCodeAt(0));
}

/** Letters, digits, `_` and `$`, and all beyond ASCII. */
function isNamePart(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 48 && code <= 57) ||
    code === 95 ||
    code === 36 ||
    code > 127
  );
}
