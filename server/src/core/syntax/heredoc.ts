/** A heredoc's head as BuildKit reads it from a word such as `<<-"EOF"`. */
export interface HeredocHead {
  readonly name: string;
  readonly expand: boolean;
  readonly chomp: boolean;
}

/** The heredocs that a RUN, COPY or ADD line announces, in order. Linear in the line. */
export function heredocHeads(line: string): readonly HeredocHead[] {
  if (!line.includes("<<")) return [];
  return shellWords(line).flatMap((word) => readHead(word) ?? []);
}

const HEAD = /^\d*<<(-?)\s*([^<]+)$/;

function readHead(word: string): HeredocHead | undefined {
  const match = HEAD.exec(word);
  const rest = match?.[2];
  if (!match || !rest) return undefined;
  const names = shellWords(rest);
  if (names.length !== 1) return undefined;
  const name = unquote(rest.trim());
  return { name, expand: !/['"]/.test(rest), chomp: match[1] === "-" };
}

/** Words in the sense of BuildKit's shell lexer, quotes and escapes kept as they are. */
function shellWords(text: string): string[] {
  const words: string[] = [];
  let start = -1;
  let quote = "";
  for (let at = 0; at < text.length; at++) {
    const ch = text[at] as string;
    if (!quote && /\s/.test(ch)) {
      if (start >= 0) words.push(text.slice(start, at));
      start = -1;
      continue;
    }
    if (start < 0) start = at;
    if (quote) {
      if (ch === "\\" && quote === '"') at++;
      else if (ch === quote) quote = "";
    } else if (ch === "\\") at++;
    else if (ch === '"' || ch === "'") quote = ch;
  }
  if (start >= 0) words.push(text.slice(start));
  return words;
}

function unquote(word: string): string {
  let out = "";
  let quote = "";
  for (let at = 0; at < word.length; at++) {
    const ch = word[at] as string;
    if (ch === quote) quote = "";
    else if (!quote && (ch === '"' || ch === "'")) quote = ch;
    else if (ch === "\\" && quote !== "'" && at + 1 < word.length) out += word[++at];
    else out += ch;
  }
  return out;
}
