import type { Check } from "../../app/behaviour";
import type { CompareReport } from "../../app/compare";
import { figuresOf } from "../../app/figures";

/** So much of an answer is shown. */
const SHOWN = 200;

/** A comparison for people: the figures of both images, the verdict, and each check with what both versions did. */
export function comparisonLines({ before, after, ratio, behaviour, inside }: CompareReport): readonly string[] {
  const verdict =
    behaviour.same === true
      ? "They did the same."
      : behaviour.same === false
        ? "They did not do the same."
        : "Could not tell whether they do the same.";
  const smaller = ratio === null ? "" : ` (${ratio.toFixed(ratio < 10 ? 1 : 0)} times smaller)`;
  const figures = figuresOf({ before, after });
  return [
    ...table([{ name: "", before: "before", after: "after" }, ...figures]).map((line, at) =>
      at === 1 ? line + smaller : line,
    ),
    "",
    `${verdict}${behaviour.why === undefined ? "" : ` ${behaviour.why}`}`,
    ...behaviour.checks.flatMap(checkLines),
    ...(inside ?? []).flatMap(checkLines),
  ];
}

function table(rows: readonly { readonly name: string; readonly before: string; readonly after: string }[]): string[] {
  const width = (of: "name" | "before") => Math.max(...rows.map((row) => row[of].length)) + 2;
  const [first, second] = [width("name"), width("before")];
  return rows.map(({ name, before, after }) => clean(`${name.padEnd(first)}${before.padEnd(second)}${after}`));
}

/** An answer that both gave is shown once. */
function checkLines({ name, same, before, after }: Check): readonly string[] {
  if (same) return [`  same: ${name}${after ? `: ${excerpt(after)}` : ""}`];
  const word = same === null ? "could not tell" : "different";
  return [`  ${word}: ${name}`, `    before ${excerpt(before)}`, `    after  ${excerpt(after)}`];
}

function excerpt(text: string | null): string {
  if (text === null) return "?";
  return clean(JSON.stringify(text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text));
}

/** Control characters of an image never reach the terminal. */
function clean(text: string): string {
  return text.replace(/\p{Cc}/gu, "\uFFFD");
}
