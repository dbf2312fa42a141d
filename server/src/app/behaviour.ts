import type { RunOutcome } from "../ports";
import { isLike } from "./volatile";

/**
 * One thing of both versions, side by side. `same` is null where it could not be told, and true too where the texts differ
 * only in what differs between two answers of the version before.
 */
export interface Check {
  readonly name: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly same: boolean | null;
}

export interface Behaviour {
  /** Null is "could not tell". */
  readonly same: boolean | null;
  readonly why?: string;
  readonly checks: readonly Check[];
}

/** What both versions were given. */
export interface Given {
  readonly input: boolean;
  readonly seconds: number;
}

/**
 * Whether two runs with the same input were alike: exit code and output. What differs between the first run of the version
 * before and another one, `again`, is not held against the version after. Pure.
 */
export function compareRuns(before: RunOutcome, after: RunOutcome, given: Given, again = before): Behaviour {
  if (before.notStarted !== undefined)
    return { same: null, why: `The version before could not be started: ${before.notStarted}`, checks: [] };
  if (after.notStarted !== undefined) return startFailure(after.notStarted);
  const checks = [
    { ...check("exit code", code(before), code(after)), ...(code(again) !== code(before) && { same: null }) },
    output("standard output", before.stdout, after.stdout, again.stdout),
    output("standard error", before.stderr, after.stderr, again.stderr),
  ];
  const namesOf = (verdict: Check["same"]) => checks.flatMap(({ name, same }) => (same === verdict ? [name] : []));
  const [different, fickle] = [namesOf(false), namesOf(null)];
  if (different.length > 0) return { same: false, why: `They differ in ${different.join(" and ")}.`, checks };
  if (fickle.length > 0) {
    const why = `The version before does not answer alike twice itself: its ${fickle.join(" and ")} changed.`;
    return { same: null, why, checks };
  }
  if (before.exitCode === undefined)
    return {
      same: null,
      why: `Both still ran after ${given.seconds} s and were stopped; what they answer was not asked.`,
      checks,
    };
  const silent = before.stdout === "" && before.stderr === "";
  if (silent && !given.input)
    return {
      same: null,
      why: "Without input neither printed anything: there is nothing to compare. Give them input or arguments.",
      checks,
    };
  return { same: true, checks };
}

/** The version after was not even started, and why. */
export function startFailure(reason: string): Behaviour {
  const why = `The version after could not be started: ${reason}`;
  return { same: false, why, checks: [check("start", "started", reason)] };
}

function output(name: string, before: string, after: string, again: string): Check {
  return { name, before, after, same: isLike([before, again], [after]) };
}

function check(name: string, before: string, after: string): Check {
  return { name, before, after, same: before === after };
}

function code(run: RunOutcome): string {
  return run.exitCode === undefined ? "stopped" : String(run.exitCode);
}
