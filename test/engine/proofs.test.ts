import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { Analysis, applyEdits, type Rule, type RuleFinding, rules } from "../../server/src/core";
import { describeOnEngine } from "../kit/engine";
import { type Fixture, fixture } from "../kit/fixture";
import { sweepTrials, tryOut } from "./proofs/attempt";
import type { Proof, ProofFile } from "./proofs/proof";

/** The files of the folder proofs/, by the rule that each is named after. */
const files = new Map<string, ProofFile>();
for (const name of readdirSync(join(import.meta.dirname, "proofs")).filter((each) => each.includes("-")))
  files.set(name.replace(/\.ts$/, ""), (await import(/* @vite-ignore */ `./proofs/${name}`)) as ProofFile);
const runtime = rules.filter(({ group }) => group === "runtime");
const SLOW = { timeout: 600_000 };

afterAll(sweepTrials);

describe("what will not start", () => {
  test.each(runtime.map(({ id }) => id))("%s has a proof on the engine, or a reason why there is none", (id) => {
    const { proofs = [], unproven = "" } = files.get(id) ?? {};
    expect(proofs.length > 0 || unproven.length > 20).toBe(true);
  });

  test("each file of proofs is named after a rule", () => {
    expect([...files.keys()].filter((id) => !rules.some((rule) => rule.id === id))).toEqual([]);
  });
});

await describeOnEngine("what a rule flags really fails, and its fixed version really starts", () => {
  for (const [id, { proofs = [] }] of files)
    for (const proof of proofs) test(`${id}: ${proof.name}`, SLOW, () => prove(id, proof));
});

async function prove(id: string, proof: Proof): Promise<void> {
  const rule = rules.find((each) => each.id === id) as Rule;
  const broken = fixture(proof.dockerfile);
  const findings = findingsIn(broken).filter((each) => each.rule === rule);
  expect(findings.map((each) => each.confidence)).toEqual(findings.map(() => "certain"));
  expect(findings.length, "findings").toBeGreaterThan(0);
  expect(rule.docs.why, "the docs name the message").toMatch(proof.says);

  const failure = await tryOut(broken.text, broken.files);
  expect(failure, broken.text).toMatchObject({ failed: proof.fails, output: expect.stringMatching(proof.says) });

  const repaired = { ...broken, text: fixture(proof.fixed).text };
  expect(fixed(broken, findings) ?? repaired.text, "the rule's own fix").toBe(repaired.text);
  expect(findingsIn(repaired).map(({ message }) => message)).toEqual([]);
  const success = await tryOut(repaired.text, repaired.files);
  expect(success, repaired.text).toMatchObject({ failed: undefined, output: expect.stringMatching(proof.prints) });
}

/** The findings of what will not start. */
function findingsIn({ text, project }: Fixture): readonly RuleFinding[] {
  return new Analysis(text, project).findings.filter(({ rule }) => rule.group === "runtime");
}

/** The file with the preferred fix of each finding; undefined where they have none. */
function fixed({ text, project }: Fixture, findings: readonly RuleFinding[]): string | undefined {
  const analysis = new Analysis(text, project);
  const edits = analysis.findings
    .filter(({ rule }) => findings.some((finding) => finding.rule === rule))
    .flatMap((finding) => analysis.fixesOf(finding)[0]?.change().edits ?? []);
  return edits.length > 0 ? applyEdits(text, edits) : undefined;
}
