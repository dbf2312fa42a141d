import { formatBytes } from "../core";
import type { CompareReport } from "./compare";

/** A comparison in sentences, for people; the first says it all. */
export function verdictLines({ before, after, ratio, behaviour }: CompareReport): readonly string[] {
  const bytes = (value: number | null) => (value === null ? "unknown" : formatBytes(value));
  const smaller =
    ratio === null ? "" : ratio >= 1 ? `, ${times(ratio)} times smaller` : `, ${times(1 / ratio)} times larger`;
  const same =
    behaviour.same === null
      ? "whether they do the same could not be told"
      : behaviour.same
        ? "they did the same"
        : "they did not do the same";
  const checks = behaviour.checks.map(
    ({ name, same: alike }) => `${alike === null ? "unknown" : alike ? "same" : "different"}: ${name}`,
  );
  return [
    `${bytes(before.bytes)} → ${bytes(after.bytes)}${smaller}; ${same}.`,
    ...(behaviour.why === undefined ? [] : [behaviour.why]),
    ...checks,
  ];
}

function times(ratio: number): string {
  return ratio.toFixed(ratio < 10 ? 1 : 0);
}
