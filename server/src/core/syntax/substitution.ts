import { type Matched, replaceInValue, trimValue } from "./pattern";

/** Not set, or set to nothing. */
export const BLANK = Symbol("blank");

/** What a variable is worth: its value, null where it is surely not set, undefined where nothing is known of it. */
export type Variable = string | null | undefined | typeof BLANK;

/** Text whose value may hang on a variable that is not known. */
export interface Operand {
  readonly text: string;
  readonly unknown: boolean;
}

/** What stands for `${NAME…}` in the end, or BuildKit's reason to refuse it. */
export type Outcome = Operand | { readonly error: string };

const UNKNOWN: Outcome = { text: "", unknown: true };

/** Whether BuildKit knows an operator, the colon in front of it included. */
export function isOperator(sign: string): boolean {
  return /^(?::?[-+?]|[#%])$/.test(sign);
}

/** `${NAME-operand}` and its like; of `##` and `%%` the second sign is in the operand. */
export function substitute(name: string, sign: string, known: Variable, operand: Operand): Outcome {
  if (sign === "#" || sign === "%") {
    if (operand.unknown) return UNKNOWN;
    return matched(trimValue(textOf(known), operand.text, sign), known);
  }
  if (known === undefined || (known === BLANK && sign.length === 1)) return UNKNOWN;
  const value = textOf(known);
  const isSet = known !== null && (value !== "" || sign.length === 1);
  const kept = { text: value, unknown: false };
  if (sign.endsWith("-")) return isSet ? kept : operand;
  if (sign.endsWith("+")) return isSet ? operand : { text: "", unknown: false };
  const reason = operand.text || `is not allowed to be ${known === null ? "unset" : "empty"}`;
  return isSet ? kept : { error: `${name}: ${reason}` };
}

/** `${NAME/pattern/text}`, and with `all` the form with two slashes. */
export function replace(known: Variable, pattern: Operand, text: Operand, all: boolean): Outcome {
  if (pattern.unknown || text.unknown) return UNKNOWN;
  return matched(replaceInValue(textOf(known), pattern.text, text.text, all), known);
}

function textOf(known: Variable): string {
  return typeof known === "string" ? known : "";
}

/** A pattern may be refused whatever the value is. */
function matched(result: Matched, known: Variable): Outcome {
  if (result && "error" in result) return result;
  return result && known !== undefined ? { text: result.value, unknown: false } : UNKNOWN;
}
