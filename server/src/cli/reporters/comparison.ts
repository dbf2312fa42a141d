import type { Check } from "../../app/behaviour";
import type { CompareReport, ImageReport } from "../../app/compare";
import { formatBytes } from "../../core";

/** So much of an answer is shown. */
const SHOWN = 200;

/** A comparison for people: sizes, the verdict, and each check with what both versions did. */
export function comparisonLines({ before, after, ratio, behaviour }: CompareReport): readonly string[] {
  const verdict =
    behaviour.same === true
      ? "They did the same."
      : behaviour.same === false
        ? "They did not do the same."
        : "Could not tell whether they do the same.";
  return [
    `before ${imageWords(before)}`,
    `after  ${imageWords(after)}${ratio === null ? "" : `, ${ratio.toFixed(ratio < 10 ? 1 : 0)} times smaller`}`,
    `${verdict}${behaviour.why === undefined ? "" : ` ${behaviour.why}`}`,
    ...behaviour.checks.flatMap(checkLines),
  ];
}

function imageWords({ bytes, user, packages, executables, setuid, shell }: ImageReport): string {
  const counts = [
    `user ${user ?? "?"}`,
    ...(packages === null ? [] : [`${packages} packages`]),
    ...(executables === null ? [] : [`${executables} executables`]),
    ...(setuid === null ? [] : [`${setuid} setuid`]),
    ...(shell === null ? [] : [shell ? "a shell" : "no shell"]),
  ];
  return `${bytes === null ? "?" : formatBytes(bytes)} (${counts.join(", ")})`;
}

/** An answer that both gave is shown once. */
function checkLines({ name, same, before, after }: Check): readonly string[] {
  if (same) return [`  same: ${name}${before ? `: ${excerpt(before)}` : ""}`];
  const word = same === null ? "could not tell" : "different";
  return [`  ${word}: ${name}`, `    before ${excerpt(before)}`, `    after  ${excerpt(after)}`];
}

/** Control characters of an answer never reach the terminal. */
function excerpt(text: string | null): string {
  if (text === null) return "?";
  return JSON.stringify(text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text).replace(/\p{Cc}/gu, "\uFFFD");
}
