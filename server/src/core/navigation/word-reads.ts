/** A name inside a text, by its offsets there. */
export interface NamePlace {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

const NAME = /[a-zA-Z_]\w*/y;

/**
 * The variables that a text of COPY, ENV, WORKDIR … names, as BuildKit's lexer reads it (frontend/dockerfile/shell/lex.go):
 * escapes and single quotes hide them, operands of `${…:-…}` hold more of them. In heredocs quotes mean nothing. Linear.
 */
export function wordReads(text: string, escape: string, quotes: boolean): readonly NamePlace[] {
  const found: NamePlace[] = [];
  /** For each `${…:-` that is open, whether it stands in double quotes. */
  const open: boolean[] = [];
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const ch = text[at];
    if (ch === escape) at++;
    else if (ch === '"' && quotes) quoted = !quoted;
    else if (ch === "'" && quotes && !quoted) at = endOfQuotes(text, at);
    else if (ch === "}" && open.length > 0 && !quoted) quoted = open.pop() === true;
    else if (ch === "$") {
      const braced = text[at + 1] === "{";
      const place = nameAt(text, at + (braced ? 2 : 1));
      if (!place) continue;
      found.push(place);
      at = place.end - 1;
      if (!braced) continue;
      open.push(quoted);
      quoted = false;
    }
  }
  return found;
}

function endOfQuotes(text: string, from: number): number {
  const end = text.indexOf("'", from + 1);
  return end < 0 ? text.length : end;
}

function nameAt(text: string, start: number): NamePlace | undefined {
  NAME.lastIndex = start;
  const name = NAME.exec(text)?.[0];
  return name === undefined ? undefined : { name, start, end: start + name.length };
}
