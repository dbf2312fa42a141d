import type { GoText } from "./go-text";

export interface GoToken {
  readonly text: string;
  /** The text of a string literal. */
  readonly literal: string | undefined;
  readonly isName: boolean;
}

export interface GoTokens {
  readonly list: readonly GoToken[];
  /** Where the bracket that opens at a token closes. */
  readonly match: ReadonlyMap<number, number>;
}

const TOKEN = /"(\d+)"|([\p{L}_][\p{L}\p{N}_]*)|\d[\w.]*|:=|&&|\|\||[=!<>]=|\.\.\.|\n|\S/gu;
const CLOSES: Readonly<Record<string, string>> = { ")": "(", "]": "[", "}": "{" };

/** The tokens of a Go file, ends of lines among them. Linear. */
export function tokenize({ code, strings }: GoText): GoTokens {
  const list: GoToken[] = [];
  const match = new Map<number, number>();
  const open: number[] = [];
  // Most tokens come again and again: one object for each text.
  const same = new Map<string, GoToken>();
  for (const [text, literal, name] of code.matchAll(TOKEN)) {
    const at = list.length;
    if (text === "(" || text === "[" || text === "{") open.push(at);
    else if (CLOSES[text] !== undefined && list[open.at(-1) ?? -1]?.text === CLOSES[text])
      match.set(open.pop() ?? 0, at);
    let token = same.get(text);
    if (!token) {
      token = {
        text,
        literal: literal === undefined ? undefined : strings[Number(literal)],
        isName: name !== undefined,
      };
      same.set(text, token);
    }
    list.push(token);
  }
  return { list, match };
}
