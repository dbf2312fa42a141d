import { existsSync, readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { Analysis } from "../../server/src/core";
import { dockerfile } from "../fuzz/grammar";
import { type Mutation, mutate, mutation } from "../fuzz/mutations";

/** All that a version tells of its text, without what only stands for places in it. */
function told(analysis: Analysis): unknown {
  return analysis.findings.map((finding) => {
    const { rule, span, message, confidence, severity, related, fixes } = finding;
    const edits = fixes?.map(({ title, safety, edits, assumes }) => ({ title, safety, edits, assumes }));
    return { rule: rule.id, span, message, confidence, severity, related, edits };
  });
}

/** Each version, made from the one before it, tells what it tells without that. */
function sameAfter(text: string, edits: readonly Mutation[]): void {
  let analysis = new Analysis(text);
  for (const edit of edits) {
    // What a version was asked for must not matter to the next.
    void analysis.findings;
    const next = mutate(analysis.text, edit, text);
    analysis = new Analysis(next, undefined, analysis);
    expect(told(analysis), JSON.stringify(next)).toEqual(told(new Analysis(next)));
  }
}

test("a version tells the same whether or not one was there before", () => {
  const edits = fc.array(mutation, { minLength: 1, maxLength: 6 });
  fc.assert(fc.property(dockerfile, edits, sameAfter), { numRuns: 150, interruptAfterTimeLimit: 3_000 });
}, 30_000);

const CORPUS = "corpus";

test.skipIf(!existsSync(CORPUS))(
  "so it does for real files",
  () => {
    const files = fc.constantFrom(...readdirSync(CORPUS).map((name) => readFileSync(`${CORPUS}/${name}`, "utf8")));
    const edits = fc.array(mutation, { minLength: 1, maxLength: 4 });
    fc.assert(fc.property(files, edits, sameAfter), { numRuns: 400, interruptAfterTimeLimit: 4_000 });
  },
  30_000,
);
