import { type GoExpression, readExpression } from "./go-expression";
import type { GoTokens } from "./go-tokens";

const OTHER: GoExpression = { kind: "other" };
const KEYWORDS = new Set(["var", "const", "if", "for", "switch", "else", "case", "func", "return"]);
/** A person writes fewer; more would make the reading slow. */
const MAX_NAMES = 8;
export const MAX_STATEMENT = 100;

export interface AssignedNames {
  readonly names: readonly string[];
  /** They are new: `var`, `const`. */
  readonly declares: boolean;
}

/** The names left of the `:=` or `=` at a token; a field is `.path`, whatever it is a field of. */
export function assignedNames({ list }: GoTokens, at: number): AssignedNames {
  const names: string[] = [];
  const text = (place: number) => list[place]?.text ?? "";
  let end = at - 1;
  while (names.length < MAX_NAMES && list[end]?.isName) {
    let start = end;
    while (text(start - 1) === "." && list[start - 2]?.isName) start -= 2;
    const before = text(start - 1);
    if (list[start - 1]?.isName && !KEYWORDS.has(before)) {
      // The type of `var a string = "x"`.
      end = start - 1;
      continue;
    }
    names.unshift(start === end ? text(start) : `.${text(end)}`);
    if (before !== ",") return { names, declares: before === "var" || before === "const" };
    end = start - 2;
  }
  return { names, declares: false };
}

/** The first expressions from a token to the end of their statement, element or field. */
export function valuesFrom(tokens: GoTokens, start: number, count: number): readonly GoExpression[] {
  const { list, match } = tokens;
  const values: GoExpression[] = [];
  let from = start;
  for (let at = start; at < start + MAX_STATEMENT; at++) {
    const text = list[at]?.text ?? "";
    const isList = text === "{" && list[at - 1]?.text === "string";
    if (text === "," || (ends(tokens, at) && !isList)) {
      // `T{…}` is no path; the header of `range files {` ends before its brace.
      const isComposite = text === "{" && list[from - 1]?.text !== "range";
      values.push(isComposite ? OTHER : readExpression(tokens, from, at));
      if (text !== "," || values.length >= count) return values;
      from = at + 1;
    }
    at = match.get(at) ?? at;
  }
  return values;
}

function ends({ list }: GoTokens, at: number): boolean {
  const text = list[at]?.text ?? "";
  if (text !== "\n") return text === "" || /^[;)\]}{]$/.test(text);
  return !/^(?:[+,.([=]|:=|&&|\|\||range)$/.test(list[at - 1]?.text ?? "");
}
