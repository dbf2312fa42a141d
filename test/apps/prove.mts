/** Converts, builds, runs and compares an app, and says what came of it. */
import { readFileSync } from "node:fs";
import type { Ask, Target } from "./app.ts";
import { type App, dockerfileOf } from "./apps.mts";
import { type Comparison, compareRewrite, compareWith, finalBase, rewriteOf, statedAnswers } from "./convert.mts";

/** What one rewrite of an app came to. */
export interface Outcome {
  readonly app: string;
  /** The day it was seen, as 2026-11-21. */
  readonly date: string;
  readonly target: Target;
  /** The image that the rewrite's last stage stands on; null where none is offered. */
  readonly shipsOn: string | null;
  /** Bytes of the files in the layers; null where there is no such image. */
  readonly before: number | null;
  readonly after: number | null;
  /** With the file that an expert writes for that target. */
  readonly expert: number | null;
  readonly verdict: string;
  /** It came out as it should. */
  readonly right: boolean;
}

interface Seen {
  readonly compared?: Comparison;
  readonly verdict: string;
}

/** One outcome for each target that the app states. Asks the engine. */
export function proveApp(app: App): readonly Outcome[] {
  const itself = app.pending && typeof app.runs !== "object" ? againstItself(app) : undefined;
  return Object.entries(app.ships).map(([target, stated]) => proveTarget(app, target as Target, stated, itself));
}

/** The author's own file, which has to answer as stated: all that is asked of an app whose toolchain is to come. */
function againstItself(app: App): Seen {
  return ask(app, compareWith, readFileSync(dockerfileOf(app), "utf8"));
}

function proveTarget(app: App, target: Target, stated: string | RegExp, itself?: Seen): Outcome {
  const expert = app.experts[target] === undefined ? undefined : ask(app, compareWith, app.experts[target]);
  const date = new Date().toISOString().slice(0, 10);
  const none = { app: app.name, date, target, shipsOn: null, before: null, after: null };
  const known = { ...none, expert: expert?.compared?.after.bytes ?? null };
  if (expert && expert.verdict !== "same")
    return { ...known, verdict: `the expert's: ${expert.verdict}`, right: false };
  if (app.pending) return pendingOutcome(app, known, itself);
  const rewrite = rewriteOf(app, target);
  if ("refused" in rewrite)
    return { ...known, verdict: rewrite.refused, right: stated instanceof RegExp && stated.test(rewrite.refused) };
  const shipsOn = finalBase(rewrite.text) ?? null;
  const offered = { ...known, shipsOn };
  if (typeof app.runs === "object")
    return { ...offered, verdict: `not run: ${app.runs.notRun}`, right: shipsOn === stated };
  const { compared, verdict } = ask(app, compareRewrite, target);
  const sizes = { before: compared?.before.bytes ?? null, after: compared?.after.bytes ?? null };
  const right = verdict === "same" && shipsOn === stated;
  return {
    ...offered,
    ...sizes,
    verdict: right || verdict !== "same" ? verdict : `the same, but not on ${stated}`,
    right,
  };
}

function pendingOutcome(app: App, known: Omit<Outcome, "verdict" | "right">, itself: Seen | undefined): Outcome {
  if (typeof app.runs === "object") return { ...known, verdict: `to come, not run: ${app.runs.notRun}`, right: true };
  const right = itself?.verdict === "same";
  const verdict = right ? "to come" : `before: ${itself?.verdict}`;
  return { ...known, before: itself?.compared?.before.bytes ?? null, verdict, right };
}

/** All that the app is asked, of its own file and of another; the first that is not right, or the first. */
function ask<T>(app: App, compare: (app: App, ask: Ask, other: T) => Comparison, other: T): Seen {
  const seen = app.asks.map((each) => verdictOf(each, () => compare(app, each, other)));
  return seen.find(({ verdict }) => verdict !== "same") ?? (seen[0] as Seen);
}

/** `same` is said only where both gave the stated answers. */
function verdictOf(asked: Ask, compare: () => Comparison): Seen {
  try {
    const compared = compare();
    const { same, why, checks } = compared.behaviour;
    const asStated = statedAnswers(asked).every(([name, answer]) =>
      checks.some((check) => check.name === name && check.before === answer && check.after === answer),
    );
    if (same === true) return { compared, verdict: asStated ? "same" : `not as stated: ${JSON.stringify(checks)}` };
    return { compared, verdict: `${same === null ? "could not tell" : "different"}: ${why ?? ""}` };
  } catch (error) {
    return { verdict: `not compared: ${error instanceof Error ? error.message : error}` };
  }
}
