/** A place of a text where a name stands as a whole word. */
export interface Mention {
  readonly offset: number;
  /** `$X`, `${X`, `${#X`: a variable is meant. */
  readonly dollar: boolean;
  /** `X=`: it is set. */
  readonly set: boolean;
  /** Between blanks, quotes or brackets: `printenv X`, `environ["X"]`, `%X%`. */
  readonly alone: boolean;
}

const BEFORE = /[\s'"([{,;%|&]/;
const AFTER = /[\s'")\]},;%|&]/;

/** Where a name stands in a part of a text, comment lines aside. Linear in the part. */
export function mentionsOf(text: string, name: string, start: number, end: number): readonly Mention[] {
  const found: Mention[] = [];
  let line = { start: text.lastIndexOf("\n", start - 1) + 1, end: start };
  for (let at = text.indexOf(name, start); at >= 0 && at < end; at = text.indexOf(name, at + name.length)) {
    if (at >= line.end) line = lineAround(text, at, line.start);
    const before = text[at - 1] ?? "\n";
    const after = text[at + name.length] ?? "\n";
    if (/\w/.test(before) || /\w/.test(after) || text[firstInk(text, line.start)] === "#") continue;
    const dollar = before === "$" || /\$\{[#!]?$/.test(text.slice(Math.max(0, at - 3), at));
    const reached = BEFORE.test(before) || /env[.:]$/i.test(text.slice(Math.max(0, at - 4), at));
    found.push({ offset: at, dollar, set: !dollar && after === "=", alone: !dollar && reached && AFTER.test(after) });
  }
  return found;
}

/** The line of an offset, sought from the start of a line before it, so that a text is gone through once. */
function lineAround(text: string, at: number, from: number): { readonly start: number; readonly end: number } {
  let start = from;
  for (;;) {
    const newline = text.indexOf("\n", start);
    if (newline < 0) return { start, end: text.length };
    if (newline >= at) return { start, end: newline };
    start = newline + 1;
  }
}

function firstInk(text: string, from: number): number {
  let at = from;
  while (text[at] === " " || text[at] === "\t") at++;
  return at;
}
