import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { APPS, type App, type Ask } from "../apps/apps";
import {
  buildStages,
  type Comparison,
  compareRewrite,
  compareWith,
  finalBase,
  rewriteOf,
  statedAnswers,
} from "../apps/convert";
import { PLANTED } from "../apps/planted";
import { describeOnEngine } from "../kit/engine";

/** A build on a cold engine compiles all of Go's library; SQLite in Go takes longest. */
const TIMEOUT = 300_000;

/** Both versions gave the stated answers, and nothing else was asked. */
function expectStated({ behaviour }: Comparison, ask: Ask): void {
  expect(behaviour).toEqual({
    same: true,
    checks: statedAnswers(ask).map(([name, answer]) => ({ name, before: answer, after: answer, same: true })),
  });
}

function rewritten(app: App, target: string): string {
  const rewrite = rewriteOf(app, target);
  if ("refused" in rewrite) throw new Error(`it was refused: ${rewrite.refused}`);
  return rewrite.text;
}

test("every app has its folder, its asks, and a wrong rewrite", () => {
  const names = APPS.map(({ name }) => name).sort();
  const folders = readdirSync(join(import.meta.dirname, "../apps"), { withFileTypes: true });
  expect(folders.filter((each) => each.isDirectory()).map(({ name }) => name)).toEqual(names);
  expect(Object.keys(PLANTED).sort()).toEqual(names);
  expect(APPS.every(({ asks }) => asks.length > 0)).toBe(true);
});

await describeOnEngine("small Go programs", () => {
  describe.each(APPS)("$name", (app) => {
    test("ships on the base that it needs", { timeout: TIMEOUT }, () => {
      expect(finalBase(rewritten(app, "distroless"))).toBe(app.base);
      for (const ask of app.asks) expectStated(compareRewrite(app, ask, "distroless"), ask);
    });

    if (app.scratch) {
      test("ships on scratch", { timeout: TIMEOUT }, () => {
        expect(finalBase(rewritten(app, "scratch"))).toBe("scratch");
        for (const ask of app.asks) expectStated(compareRewrite(app, ask, "scratch"), ask);
      });
    } else {
      test("is not offered on scratch", () => expect(rewriteOf(app, "scratch")).toHaveProperty("refused"));
    }

    test(`is told from a rewrite that is wrong: ${PLANTED[app.name]?.wrong}`, { timeout: TIMEOUT }, () => {
      const build = buildStages(rewritten(app, "distroless"));
      const { behaviour } = compareWith(app, app.asks[0] as Ask, PLANTED[app.name]?.dockerfile(build) ?? "");
      expect(behaviour.same, behaviour.why).toBe(false);
      expect(behaviour.why).toMatch(PLANTED[app.name]?.shows ?? /^$/);
    });
  });
});
