import type { GoToken, GoTokens } from "./go-tokens";

/** An expression of a Go program, as far as it matters for paths; `other` is all the rest. */
export type GoExpression =
  | { readonly kind: "text"; readonly text: string }
  /** A variable, a field (`cfg.path`), a constant; `os.Args[]` is an element of it, `os.Args[0]` the first. */
  | { readonly kind: "name"; readonly name: string }
  /** A call by its name as it is written; `.Name` is a method of what another expression gives. */
  | { readonly kind: "call"; readonly name: string; readonly args: readonly GoExpression[] }
  | { readonly kind: "sum"; readonly parts: readonly GoExpression[] }
  /** The elements of a list that is written out. */
  | { readonly kind: "list"; readonly items: readonly GoExpression[] }
  | { readonly kind: "other" };

const OTHER: GoExpression = { kind: "other" };
/** Deeper nesting says nothing of paths. */
const MAX_DEPTH = 12;
/** Neither do longer expressions. */
const MAX_LENGTH = 2_000;

/** The expression of the tokens from `start` to before `end`. */
export function readExpression(tokens: GoTokens, start: number, end: number, depth = 0): GoExpression {
  let [from, to] = [start, end];
  while (from < to && tokens.list[from]?.text === "\n") from++;
  while (to > from && tokens.list[to - 1]?.text === "\n") to--;
  if (from >= to || depth > MAX_DEPTH || to - from > MAX_LENGTH) return OTHER;
  const parts = split(tokens, from, to, "+");
  if (parts.length > 1) return { kind: "sum", parts: parts.map(([a, b]) => readExpression(tokens, a, b, depth + 1)) };
  return readOperand(tokens, from, to, depth);
}

/** The arguments of a call whose parenthesis opens at a token. */
export function readArguments(tokens: GoTokens, open: number, depth = 0): readonly GoExpression[] {
  const close = tokens.match.get(open);
  if (close === undefined) return [];
  return split(tokens, open + 1, close, ",")
    .filter(([from, to]) => tokens.list.slice(from, Math.min(to, from + 3)).some(({ text }) => text !== "\n"))
    .map(([from, to]) => readExpression(tokens, from, to, depth + 1));
}

/** The ranges between the top-level occurrences of a token. */
export function split(
  tokens: GoTokens,
  start: number,
  end: number,
  by: string,
): readonly (readonly [number, number])[] {
  const ranges: (readonly [number, number])[] = [];
  let from = start;
  for (let at = start; at < end; at++) {
    const close = tokens.match.get(at);
    if (close !== undefined) at = Math.min(close, end);
    else if (tokens.list[at]?.text === by) {
      ranges.push([from, at]);
      from = at + 1;
    }
  }
  return [...ranges, [from, end]];
}

function readOperand(tokens: GoTokens, start: number, end: number, depth: number): GoExpression {
  const { list, match } = tokens;
  let at = start;
  while (at < end && (list[at]?.text === "*" || list[at]?.text === "&")) at++;
  const first = list[at] as GoToken | undefined;
  if (!first) return OTHER;
  if (first.literal !== undefined) return at + 1 === end ? { kind: "text", text: first.literal } : OTHER;
  if (first.text === "(" && match.get(at) === end - 1) return readExpression(tokens, at + 1, end - 1, depth + 1);
  if (first.text === "[") return readList(tokens, at, end, depth);
  return first.isName ? readChain(tokens, at, end, depth) : OTHER;
}

/** `[]string{"a", "b"}`. */
function readList(tokens: GoTokens, start: number, end: number, depth: number): GoExpression {
  const open = (tokens.match.get(start) ?? end) + 2;
  if (tokens.list[open]?.text !== "{" || tokens.match.get(open) !== end - 1) return OTHER;
  return { kind: "list", items: readArguments(tokens, open, depth) };
}

/** `a.b.c`, `a.b(x)`, `a(x).b(y)`, `a[0]`. */
function readChain(tokens: GoTokens, start: number, end: number, depth: number): GoExpression {
  const { list, match } = tokens;
  let name = list[start]?.text ?? "";
  let result: GoExpression = { kind: "name", name };
  for (let at = start + 1; at < end; at++) {
    const token = list[at]?.text;
    if (token === "." && list[at + 1]?.isName) {
      name = result.kind === "name" ? `${name}.${list[at + 1]?.text}` : `.${list[at + 1]?.text}`;
      result = { kind: "name", name };
      at++;
    } else if (token === "(") {
      result = { kind: "call", name, args: readArguments(tokens, at, depth) };
      at = match.get(at) ?? end;
    } else if (token === "[" && result.kind === "name") {
      // The first argument is the program itself.
      name += list[at + 1]?.text === "0" && list[at + 2]?.text === "]" ? "[0]" : "[]";
      result = { kind: "name", name };
      at = match.get(at) ?? end;
    } else return OTHER;
  }
  return result;
}
