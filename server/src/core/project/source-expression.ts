import type { Expression } from "./source-syntax";

/** Without what only borrows: `&mut path`. */
export function trimmed(tokens: Expression): Expression {
  let from = 0;
  while (/^(?:&|\*|mut|ref|move)$/.test(tokens[from]?.text ?? "")) from++;
  return tokens.slice(from);
}

/** Where the first part of an expression ends: a literal, a name with its path, a call, a bracket. */
export function firstEnd(tokens: Expression): number {
  if (tokens[0]?.text === "(") return closing(tokens, 0) + 1;
  if (!tokens[0]?.isName) return Math.min(1, tokens.length);
  let at = 1;
  while (tokens[at]?.text === ":" && tokens[at + 1]?.text === ":" && tokens[at + 2]?.isName) at += 3;
  const open = openBehind(tokens, at - 1);
  return open === undefined ? at : closing(tokens, open) + 1;
}

/** The bracket of a call behind a name; `!` of a macro and the types of a call stand between. */
export function openBehind(tokens: Expression, name: number): number | undefined {
  let at = name + 1;
  if (tokens[at]?.text === "!") at++;
  else if (tokens[at]?.text === ":" && tokens[at + 2]?.text === "<") {
    for (at += 3; at < tokens.length && tokens[at]?.text !== "("; at++);
  }
  const text = tokens[at]?.text;
  return text === "(" || (at === name + 2 && (text === "[" || text === "{")) ? at : undefined;
}

export function closing(tokens: Expression, open: number): number {
  let depth = 0;
  for (let at = open; at < tokens.length; at++) {
    const text = tokens[at]?.text ?? "";
    if (text === "(" || text === "[" || text === "{") depth++;
    else if ((text === ")" || text === "]" || text === "}") && --depth === 0) return at;
  }
  return tokens.length - 1;
}

export function split(tokens: Expression): readonly Expression[] {
  const parts: Expression[number][][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if (/^[([{]$/.test(token.text)) depth++;
    else if (/^[)\]}]$/.test(token.text)) depth--;
    if (token.text === "," && depth === 0) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts.filter((part) => part.length > 0);
}

export function isText(token: Expression[number] | undefined): boolean {
  return token?.literal !== undefined;
}
