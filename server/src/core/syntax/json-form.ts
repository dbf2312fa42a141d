import { trimmedEnd } from "./chars";
import type { Token } from "./instruction";
import type { LogicalLine } from "./logical";

export type JsonForm =
  | { readonly kind: "strings"; readonly strings: readonly Token[] }
  /** Valid JSON, but not of strings alone: BuildKit rejects the instruction. */
  | { readonly kind: "not-strings" }
  | { readonly kind: "none" };

/** Reads the JSON (exec) form at an offset of the line. What is no valid JSON array is shell form, as for BuildKit. */
export function readJsonForm(line: LogicalLine, from: number): JsonForm {
  const source = line.text.slice(from, trimmedEnd(line.text, from));
  if (!source.startsWith("[") || !source.endsWith("]")) return { kind: "none" };
  let value: unknown;
  try {
    value = JSON.parse(source);
  } catch {
    return { kind: "none" };
  }
  if (!Array.isArray(value)) return { kind: "none" };
  if (!value.every((item): item is string => typeof item === "string")) return { kind: "not-strings" };
  const spans = stringSpans(line.text, from);
  return {
    kind: "strings",
    strings: value.map((text, index) => ({ text, span: line.sourceSpan(...(spans[index] ?? [from, from])) })),
  };
}

/** Where the string literals of valid JSON stand, quotes included. */
function stringSpans(text: string, from: number): [number, number][] {
  const spans: [number, number][] = [];
  for (let at = from; at < text.length; at++) {
    if (text[at] !== '"') continue;
    const start = at++;
    while (at < text.length && text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
    spans.push([start, at + 1]);
  }
  return spans;
}
