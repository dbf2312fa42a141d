import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Ask, Target } from "../apps/app";
import { APPS, type App, dockerfileOf } from "../apps/apps.mts";
import {
  buildStages,
  type Comparison,
  compareRewrite,
  compareWith,
  finalBase,
  rewriteOf,
  statedAnswers,
} from "../apps/convert.mts";
import { describeOnEngine } from "../kit/engine";

/** A build on a cold engine fetches and compiles what the program stands on; SQLite in Go takes longest. */
const TIMEOUT = 300_000;
/** Ours may be that much larger than the expert's. */
const MARGIN = 1.01;

/** Both versions gave the stated answers, and nothing else was asked. */
function expectStated({ behaviour }: Comparison, ask: Ask): void {
  expect(behaviour).toEqual({
    same: true,
    checks: statedAnswers(ask).map(([name, answer]) => ({ name, before: answer, after: answer, same: true })),
  });
}

function rewritten(app: App, target: Target): string {
  const rewrite = rewriteOf(app, target);
  if ("refused" in rewrite) throw new Error(`it was refused: ${rewrite.refused}`);
  return rewrite.text;
}

function authors(app: App): string {
  return readFileSync(dockerfileOf(app), "utf8");
}

/** The rewrite for a target is what is stated, and does what the author's file does. */
function testTarget(app: App, target: Target, stated: string | RegExp): void {
  if (stated instanceof RegExp) {
    test(`is refused on ${target}`, () => {
      expect(rewriteOf(app, target)).toEqual({ refused: expect.stringMatching(stated) });
    });
    return;
  }
  test(`ships on ${stated}`, { timeout: TIMEOUT }, () => {
    expect(finalBase(rewritten(app, target))).toBe(stated);
    for (const ask of app.asks) expectStated(compareRewrite(app, ask, target), ask);
  });
}

/** The expert's file does what the author's does, and ours is as small. */
function testExpert(app: App, target: Target, expert: string): void {
  test(`is as small as the expert's on ${target}`, { timeout: TIMEOUT }, () => {
    const compared = app.asks.map((ask) => compareWith(app, ask, expert));
    for (const [at, ask] of app.asks.entries()) expectStated(compared[at] as Comparison, ask);
    if (app.pending) return;
    const ours = compareRewrite(app, app.asks[0], target).after.bytes;
    expect(ours).toBeLessThanOrEqual(MARGIN * (compared[0]?.after.bytes ?? 0));
  });
}

/** CI converts all that can be had on the first engine, one of each ecosystem on the second. */
const onSecond = process.env.BALLAST_ENGINE_PART === "engine-modern";
const isRun = ({ runs, bothEngines }: App) => runs === undefined && (!onSecond || bothEngines === true);

await describeOnEngine("small programs", () => {
  describe.each(APPS.filter(isRun))("$name", (app) => {
    const { wrong, ships, experts, pending } = app;
    if (pending) {
      test.todo(`${app.name} is converted: its toolchain is to come`);
      test("answers as stated", { timeout: TIMEOUT }, () => {
        for (const ask of app.asks) expectStated(compareWith(app, ask, authors(app)), ask);
      });
    } else {
      for (const [target, stated] of Object.entries(ships)) testTarget(app, target as Target, stated);
    }
    for (const [target, expert] of Object.entries(experts)) testExpert(app, target as Target, expert);

    if (wrong === undefined) return;
    test(`is told from a rewrite that is wrong: ${wrong.wrong}`, { timeout: TIMEOUT }, () => {
      const stages = { ours: () => buildStages(rewritten(app, "distroless")), authors: authors(app) };
      const { behaviour } = compareWith(app, app.asks[0], wrong.dockerfile(stages));
      expect(behaviour.same, behaviour.why).toBe(false);
      expect(behaviour.why).toMatch(wrong.shows);
    });
  });
});

// What cannot be built here is judged on text and folder.
const notRun = onSecond ? [] : APPS.filter(({ runs }) => typeof runs === "object");
describe.each(notRun)("$name, not run", (app) => {
  if (app.pending) return test.todo(`${app.name} is converted: its toolchain is to come`);
  test.each(Object.entries(app.ships))("on %s", (target, stated) => {
    const rewrite = rewriteOf(app, target);
    if (stated instanceof RegExp) expect(rewrite).toEqual({ refused: expect.stringMatching(stated) });
    else expect("text" in rewrite && finalBase(rewrite.text)).toBe(stated);
  });
});
