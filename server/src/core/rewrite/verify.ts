import { applyEdits, type Edit, OverlappingEdits } from "../text/edit";
import type { Change } from "./change";
import { editsBroken } from "./edits-broken";
import { commentsLost, settingsLost, stageLost } from "./losses";
import { readsAlike } from "./second-reading";
import type { Verifiable } from "./verifiable";

export interface Expectation {
  /** The rules whose findings the change removes. */
  readonly removes: readonly string[];
  /** Another application of the same recipe to the result: it has to have nothing to do. */
  readonly again: (text: string) => readonly Edit[];
}

/**
 * Holds a change to its contract before it leaves core: applied in memory and analysed again. The sentence says what is
 * broken; undefined where nothing is. A broken contract is a defect of the recipe, never the author's fault.
 */
export function verify(
  before: Verifiable,
  change: Change,
  expectation: Expectation,
  analyze: (text: string) => Verifiable,
): string | undefined {
  let text: string;
  try {
    text = applyEdits(before.text, change.edits);
  } catch (error) {
    if (error instanceof OverlappingEdits) return "two of its edits overlap";
    throw error;
  }
  if (text === before.text) return "it changes nothing";
  const after = analyze(text);
  return (
    editsBroken(before, change.edits) ??
    parseBroken(before, after) ??
    findingsBroken(before, after, expectation) ??
    stageLost(before, after) ??
    settingsLost(before, after, change) ??
    commentsLost(before, after) ??
    (expectation.again(text).length > 0 ? "a second application would change the file again" : undefined)
  );
}

/**
 * Holds fixes of rules, made together, to their contract: the result parses, each rule has as many findings less as it
 * has fixes among them, none of another is new, and every comment is still there.
 */
export function verifyFixes(
  before: Verifiable,
  fixes: readonly { readonly rule: string; readonly edits: readonly Edit[] }[],
  analyze: (text: string) => Verifiable,
): string | undefined {
  let text: string;
  try {
    text = applyEdits(
      before.text,
      fixes.flatMap(({ edits }) => edits),
    );
  } catch (error) {
    if (error instanceof OverlappingEdits) return "two of the fixes overlap";
    throw error;
  }
  const after = analyze(text);
  return (
    parseBroken(before, after) ??
    fixesLeft(before, after, countBy(fixes)) ??
    findingsBroken(before, after, { removes: [] }) ??
    commentsLost(before, after)
  );
}

function fixesLeft(before: Verifiable, after: Verifiable, fixes: ReadonlyMap<string, number>): string | undefined {
  const [there, left] = [countBy(before.findings), countBy(after.findings)];
  for (const [rule, made] of fixes)
    if ((left.get(rule) ?? 0) > (there.get(rule) ?? 0) - made) return `${rule} would still be there`;
  return undefined;
}

/** How many there are of each rule. */
function countBy(all: readonly { readonly rule: string }[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { rule } of all) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  return counts;
}

function parseBroken(before: Verifiable, after: Verifiable): string | undefined {
  const known = new Set(before.problems.map(({ message }) => message));
  const fresh = after.problems.find(({ message }) => !known.has(message));
  if (fresh) return `the result would not parse: ${fresh.message}`;
  const differs = readsAlike(before.syntax) === true && readsAlike(after.syntax) === false;
  return differs ? "a second parser reads the result in another way" : undefined;
}

function findingsBroken(
  before: Verifiable,
  after: Verifiable,
  { removes }: Pick<Expectation, "removes">,
): string | undefined {
  const left = after.findings.find((each) => removes.includes(each.rule) && !each.elsewhere);
  if (left) return `${left.rule} would still be there`;
  const [there, now] = [countBy(before.findings), countBy(after.findings)];
  const worse = after.findings.find(
    ({ rule, mayGrow }) =>
      (now.get(rule) ?? 0) > (there.get(rule) ?? 0) &&
      !(mayGrow === "with-bases" && there.has(rule)) &&
      !(mayGrow === "on-smaller-base" && removes.length > 0),
  );
  return worse && `${worse.rule} would be new`;
}
