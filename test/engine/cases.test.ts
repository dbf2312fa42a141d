import { afterAll, expect, test } from "vitest";
import { buildImage } from "../../server/src/app/build";
import { Analysis, applyEdits, type Offer, recipes } from "../../server/src/core";
import type { BuildEngine, RunOutcome } from "../../server/src/ports";
import { CALCULATOR, caseOf, GO_MOD } from "../cases/cases";
import { connect, describeOnEngine, recorder } from "../kit/engine";
import { projectOf } from "../kit/fixture";
import { folder } from "./world";

const FILES = { "calculator.go": CALCULATOR, "go.mod": GO_MOD };
/** go.mod is there where the case copies one; else its absence is the point. */
const PROJECT = projectOf(new Map(Object.entries(FILES)));
const LABEL = { "ballast.test": "cases" };
let engine: BuildEngine;

/** What a version of a case came to: the calculator's answer, or the words of what stopped it. */
async function tryOut(dockerfile: string): Promise<string> {
  engine ??= await connect();
  const log = recorder();
  const request = { dockerfile, context: folder(FILES), labels: LABEL };
  const report = await buildImage(engine, request, log, Date.now);
  if (report.image === null) return `does not build: ${report.failed?.message} ${report.failed?.log}`;
  const run: RunOutcome = await engine.run({
    image: report.image,
    stdin: "2 * 3\nexit\n",
    labels: LABEL,
    timeout: 20_000,
  });
  return run.notStarted === undefined ? run.stdout : `does not start: ${run.notStarted}`;
}

/** The file with the first fix of a rule's finding. */
function fixed(dockerfile: string, rule: string): string {
  const analysis = new Analysis(dockerfile, PROJECT);
  const finding = analysis.findings.find((each) => each.rule.id === rule);
  if (!finding) throw new Error(`no ${rule}`);
  const fix = analysis.answers(finding).find((answer): answer is Offer => answer.kind === "offer" && !answer.recipe);
  if (!fix) throw new Error(`no fix for ${rule}`);
  return applyEdits(dockerfile, fix.change().edits);
}

/** Each rewrite of a file that is offered, by target; a refusal is its reason. */
function rewritten(dockerfile: string, recipeId: string): readonly string[] {
  const recipe = recipes.find(({ id }) => id === recipeId);
  if (!recipe) throw new Error(`no ${recipeId}`);
  const analysis = new Analysis(dockerfile, PROJECT);
  return recipe.targetsFor(analysis.context).map((target) => {
    const answer = analysis.answer(recipe, target);
    return answer.kind === "offer" ? applyEdits(dockerfile, answer.change().edits) : answer.reason;
  });
}

afterAll(() => engine?.sweep("ballast.test=cases"));

const ANSWER = "Result: 6\n";
const SLOW = { timeout: 600_000 };

await describeOnEngine("the teaching cases, as they are", () => {
  test.each([2, 3, 5, 11, 13])("case %i builds and answers", SLOW, async (number) => {
    expect(await tryOut(caseOf(number).dockerfile)).toBe(ANSWER);
  });
});

await describeOnEngine("the teaching cases that fail, as our finding says; once fixed they run, and convert", () => {
  test.each([
    [1, "missing-go-module", /^does not build: .*go\.mod file not found/s, "split-build-stage"],
    [4, "command-path-missing", /^does not start: .*no such file or directory/s, "split-build-stage"],
    [9, "missing-go-module", /^does not build: .*\$GOPATH\/go\.mod exists but should not/s, undefined],
    [10, "copied-path-missing", /^does not build: app\/calculator is not in builder/, undefined],
  ] as const)("case %i: %s", SLOW, async (number, rule, failure, recipe) => {
    const { dockerfile } = caseOf(number);
    expect(await tryOut(dockerfile)).toMatch(failure);
    const repaired = fixed(dockerfile, rule);
    expect(await tryOut(repaired), repaired).toBe(ANSWER);
    for (const text of recipe ? rewritten(repaired, recipe) : []) expect(await tryOut(text), text).toBe(ANSWER);
  });
});

await describeOnEngine("the teaching cases whose final stage can be smaller", () => {
  test.each([7, 13])("case %i on each of its rungs", SLOW, async (number) => {
    for (const text of rewritten(caseOf(number).dockerfile, "slim-final-stage"))
      expect(await tryOut(text), text).toBe(ANSWER);
  });
});
