import { Analysis, verifyTogether } from "./analysis";
import type { Change } from "./rewrite/change";
import { Trials } from "./rewrite/sound";
import { applyEdits, type Edit, firstOfOverlapping, replacement } from "./text/edit";

/** A file with all its safe fixes made. */
export interface FixedFile {
  readonly text: string;
  /** From the old text to the new one. */
  readonly edits: readonly Edit[];
  /** What was done, in the order of the findings. */
  readonly changes: readonly Change[];
}

/** A fix may make room for another that overlaps it; this often. */
const MOST_ROUNDS = 4;

/**
 * All safe fixes of a file, or those of one rule, made together; of two that want the same place the first is made, and
 * the other looked at again in what it leaves. The result has held the contract of a fix, and has nothing to fix.
 */
export function fixAll(analysis: Analysis, ruleId?: string): FixedFile {
  const changes: Change[] = [];
  let edits: readonly Edit[] = [];
  let at = analysis;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const made = safeChanges(at, ruleId);
    if (made.length === 0) break;
    edits = made.flatMap((change) => change.edits);
    changes.push(...made);
    at = new Analysis(applyEdits(at.text, edits), analysis.context.project, at);
    if (round > 0) edits = replacement(analysis.text, at.text);
  }
  return { text: at.text, edits, changes };
}

function safeChanges(analysis: Analysis, ruleId: string | undefined): readonly Change[] {
  const offers = analysis.findings
    .filter(({ rule }) => ruleId === undefined || rule.id === ruleId)
    .flatMap((finding) => analysis.fixesOf(finding).find(({ safety }) => safety === "safe") ?? []);
  const apart = firstOfOverlapping(offers.map((offer) => offer.change()));
  const trials = new Trials(analysis.text.length);
  const sound = trials.soundOf(apart, (together) => verifyTogether(analysis, together) === undefined);
  return apart.filter((change) => sound.has(change));
}
