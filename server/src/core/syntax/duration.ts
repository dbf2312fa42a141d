import { quoted } from "./quote";

const UNITS: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  µs: 1e3,
  μs: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 6e10,
  h: 3.6e12,
};
const PART = /(\d*)(?:\.(\d*))?([^\d.]*)/y;

/** Nanoseconds of a duration such as `1m30s`, or the reason of Go's time.ParseDuration to refuse it. */
export function parseDuration(text: string): number | string {
  const [, sign, rest = ""] = /^([+-]?)(.*)$/s.exec(text) ?? [];
  if (rest === "0") return 0;
  const invalid = `time: invalid duration ${quoted(text)}`;
  if (rest === "") return invalid;
  let total = 0;
  for (PART.lastIndex = 0; PART.lastIndex < rest.length; ) {
    const [, whole = "", part = "", unit = ""] = PART.exec(rest) ?? [];
    if (whole + part === "") return invalid;
    if (unit === "") return `time: missing unit in duration ${quoted(text)}`;
    const factor = Object.hasOwn(UNITS, unit) ? UNITS[unit] : undefined;
    if (factor === undefined) return `time: unknown unit ${quoted(unit)} in duration ${quoted(text)}`;
    total += Number(`${whole || 0}.${part || 0}`) * factor;
    if (total > 2 ** 63) return invalid;
  }
  return sign === "-" ? -total : total;
}
