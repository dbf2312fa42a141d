import { lex } from "../syntax/lexer";
import { quoted } from "../syntax/quote";
import { BLANK, type Variable } from "../syntax/substitution";

/** The value of a variable, "" also where it is not set, or undefined where it is unknown. */
export interface Lookup {
  (name: string): string | undefined;
  /** Whether it is surely not set (true) or surely set, be it to nothing (false). `${A-x}` and `${A+x}` ask. */
  readonly isUnset?: (name: string) => boolean | undefined;
}

/** A look-up that tells what is not set (null) from what is set to nothing. */
export function lookupOf(known: (name: string) => string | null | undefined): Lookup {
  const isUnset = (name: string) => {
    const value = known(name);
    return value === undefined ? undefined : value === null;
  };
  const lookup: { (name: string): string | undefined; isUnset?: typeof isUnset } = (name) => {
    const found = known(name);
    return found === null ? "" : found;
  };
  lookup.isUnset = isUnset;
  return lookup;
}

const SPECIAL = /["'$\\`\uFEFF]/;

/** Quotes around plain text: what most values are. */
const SIMPLE = /^"[^"'$\\`\uFEFF]*"$/;

/** Whether a text has anything for the lexer to do: without that each of its words is its own value. */
export function isPlain(text: string): boolean {
  return !SPECIAL.test(text);
}

/** The value of a word that is written as it is; undefined where there is more to it. */
export function writtenValue(raw: string): string | undefined {
  if (isPlain(raw)) return raw;
  return SIMPLE.test(raw) ? raw.slice(1, -1) : undefined;
}

/**
 * A word of FROM, COPY, ENV, WORKDIR … as BuildKit's lexer processes it: quotes and escapes resolved, variables
 * replaced. Undefined where a variable is unknown, or where BuildKit refuses the word. Linear in the word.
 */
export function expandWord(raw: string, lookup: Lookup, escape: string): string | undefined {
  const written = writtenValue(raw);
  if (written !== undefined) return written;
  const read = lex(raw, { escape, variable: (name) => variableOf(name, lookup) });
  return "error" in read || read.unknown ? undefined : read.value;
}

/** Why BuildKit refuses a word whatever its unknown variables are; undefined where it takes it, or may. */
export function wordProblem(raw: string, lookup: Lookup, escape: string): string | undefined {
  if (isPlain(raw) || SIMPLE.test(raw)) return undefined;
  const read = lex(raw, { escape, variable: (name) => variableOf(name, lookup) });
  return "error" in read ? `failed to process ${quoted(raw)}: ${read.error}` : undefined;
}

function variableOf(name: string, lookup: Lookup): Variable {
  const value = lookup(name);
  if (value !== "") return value;
  const unset = lookup.isUnset?.(name);
  return unset === undefined ? BLANK : unset ? null : "";
}
