/** A Go file as text that is safe to look through. */
export interface GoText {
  /** The code with each string literal replaced by `"N"`, the place of its text in `strings`, and comments left out. */
  readonly code: string;
  readonly strings: readonly string[];
}

/** Takes comments out of a Go file, and literals apart. Linear. */
export function separate(text: string): GoText {
  const parts: string[] = [];
  const strings: string[] = [];
  let from = 0;
  let at = 0;
  const literal = (end: number): void => {
    parts.push(text.slice(from, at), `"${strings.length}"`);
    strings.push(text.slice(at + 1, end));
    from = at = Math.min(end + 1, text.length);
  };
  const skip = (end: number): void => {
    parts.push(text.slice(from, at), " ");
    from = at = end < 0 ? text.length : end;
  };
  while (at < text.length) {
    const ch = text[at];
    if (ch === "/" && text[at + 1] === "/") skip(text.indexOf("\n", at));
    else if (ch === "/" && text[at + 1] === "*") {
      const end = text.indexOf("*/", at + 2);
      skip(end < 0 ? -1 : end + 2);
    } else if (ch === "`") {
      const end = text.indexOf("`", at + 1);
      literal(end < 0 ? text.length : end);
    } else if (ch === '"' || ch === "'") literal(quotedEnd(text, at));
    else at++;
  }
  parts.push(text.slice(from));
  return { code: parts.join(""), strings };
}

/** Where the quote that opens at an offset closes; a literal ends at its line's end in any case. */
function quotedEnd(text: string, from: number): number {
  const quote = text[from];
  let at = from + 1;
  while (at < text.length && text[at] !== quote && text[at] !== "\n") at += text[at] === "\\" ? 2 : 1;
  return Math.min(at, text.length);
}
