/** The apps through the command line, as a user converts and compares them. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ballast } from "../kit/cli.ts";
import type { Ask } from "./app.ts";
import { type App, contextOf, dockerfileOf } from "./apps.mts";

/** What of the JSON of `compare` the tests look at. */
export interface Comparison {
  readonly before: { readonly bytes: number };
  readonly after: { readonly bytes: number };
  readonly ratio: number;
  readonly behaviour: {
    readonly same: boolean | null;
    readonly why?: string;
    readonly checks: readonly {
      readonly name: string;
      readonly before: string | null;
      readonly after: string | null;
    }[];
  };
}

type Rewrite = { readonly text: string } | { readonly refused: string };

/** What was made once of an app for a target, and is asked for again. */
const rewrites = new Map<string, Rewrite>();
const comparisons = new Map<string, Comparison>();

/** The Dockerfile of an app, rewritten; or the sentence that refuses it. */
export function rewriteOf(app: App, target: string): Rewrite {
  const key = `${app.name} ${target}`;
  const rewrite = rewrites.get(key) ?? makeRewrite(app, target);
  rewrites.set(key, rewrite);
  return rewrite;
}

function makeRewrite(app: App, target: string): Rewrite {
  const { status, stdout, stderr } = ballast([
    ...["fix", dockerfileOf(app), "--context", contextOf(app), "--recipe", app.recipe ?? "split-build-stage"],
    ...["--target", target, "--stdout"],
  ]);
  return status === 0 ? { text: stdout } : { refused: stderr.trim() };
}

/** The image that the last stage of a Dockerfile stands on. */
export function finalBase(text: string): string | undefined {
  return [...text.matchAll(/^FROM (\S+)/gm)].at(-1)?.[1];
}

/** The stages of a Dockerfile but the last. */
export function buildStages(text: string): string {
  return text.slice(0, text.lastIndexOf("\nFROM ") + 1);
}

/** An app against its rewrite. Throws what the command line complains of where it could not compare. */
export function compareRewrite(app: App, ask: Ask, target: string): Comparison {
  const key = JSON.stringify([app.name, target, ask]);
  const made =
    comparisons.get(key) ?? compare([dockerfileOf(app), "--context", contextOf(app), "--target", target], ask);
  comparisons.set(key, made);
  return made;
}

/** An app against another Dockerfile for the same folder. */
export function compareWith(app: App, ask: Ask, dockerfile: string): Comparison {
  const folder = mkdtempSync(join(tmpdir(), "ballast-apps-"));
  try {
    const after = join(folder, "Dockerfile");
    writeFileSync(after, dockerfile);
    return compare([after, "--before", dockerfileOf(app), "--context", contextOf(app)], ask);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function compare(versions: readonly string[], ask: Ask): Comparison {
  const how =
    "requests" in ask
      ? ask.requests.flatMap(({ request }) => ["--request", request])
      : [...(ask.stdin === undefined ? [] : ["--stdin", "-"]), ...(ask.args ? ["--", ...ask.args] : [])];
  const input = "requests" in ask ? undefined : ask.stdin;
  const { status, stdout, stderr } = ballast(
    ["compare", ...versions, "--format", "json", ...how],
    input === undefined ? {} : { input },
  );
  if (stdout === "") throw new Error(`compare ended with ${status}: ${stderr.slice(-2000)}`);
  return JSON.parse(stdout) as Comparison;
}

/** The stated answers, by the names that `compare` gives to what it checks. */
export function statedAnswers(ask: Ask): readonly (readonly [check: string, answer: string])[] {
  return "requests" in ask
    ? ask.requests.map(({ request, answer }) => [request, answer] as const)
    : [
        ["exit code", String(ask.exitCode)],
        ["standard output", ask.stdout],
        ["standard error", ask.stderr ?? ""],
      ];
}
