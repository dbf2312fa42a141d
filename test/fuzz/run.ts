/** Runs the fuzzer: a thread tries inputs, this one watches it, and shrinks what fails. */
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { type Input, inputOf } from "./inputs";
import { shrink } from "./shrink";
import { type Failed, kindOf, type Work } from "./work";

/** A defect, by the smallest input that shows it. */
export interface Defect {
  readonly seed: number;
  readonly number: number;
  readonly problem: string;
  readonly input: Input;
}

export interface Outcome {
  /** How many inputs were tried. */
  readonly tried: number;
  readonly defects: readonly Defect[];
}

/** An input that the thread does not finish in so long hangs. Milliseconds. */
const HANGS = 10_000;
/** Before its first input it loads the core, on a machine that may be busy. */
const LOADS = 60_000;
/** Where a hang is shrunken, each try may take this. */
const HANGS_SMALL = 2_000;
const TRIES = 100;
/** So much may a thread keep: the promise is 300 MiB for a whole process. */
const HEAP = 512;
/** After so many different defects there is enough to do. */
const ENOUGH = 10;

/** A thread does not inherit the loader of TypeScript. */
const ENTRY = `require("tsx/cjs/api").register(); require(${JSON.stringify(join(import.meta.dirname, "worker.ts"))});`;

/** Tries inputs of a seed, from number 0, until so many seconds have passed. */
export async function fuzz(seed: number, seconds: number, only?: number): Promise<Outcome> {
  const end = performance.now() + seconds * 1_000;
  const defects: Defect[] = [];
  const seen = new Set<string>();
  let next = only ?? 0;
  while (performance.now() < end && defects.length < ENOUGH) {
    const failed = await turn(
      { seed, first: next, last: only ?? Number.POSITIVE_INFINITY, only: undefined },
      HANGS,
      only === undefined ? end : Number.POSITIVE_INFINITY,
    );
    if (!("problem" in failed)) return { tried: failed.reached, defects };
    next = failed.number + 1;
    const kind = kindOf(failed.problem);
    if (!seen.has(kind)) {
      seen.add(kind);
      defects.push({ seed, number: failed.number, problem: failed.problem, input: await shrunken(seed, failed) });
    }
    if (only !== undefined) break;
  }
  return { tried: next, defects };
}

/** What has killed its thread is shrunken from outside. */
function shrunken(seed: number, { number, input, problem, lost }: Ended): Promise<Input> | Input {
  if (!lost) return input;
  const kind = kindOf(problem);
  const fails = async (only: Input) => {
    const failed = await turn({ seed, first: number, last: number, only }, HANGS_SMALL, Number.POSITIVE_INFINITY);
    return "problem" in failed && kindOf(failed.problem) === kind;
  };
  return shrink(inputOf(seed, number), fails, TRIES);
}

/** How a thread ended: with a failure, which may have taken it down. */
interface Ended extends Failed {
  readonly lost: boolean;
}

interface Reached {
  readonly reached: number;
}

const NONE: Input = { text: "", files: undefined };

/** One life of the thread: to the first failure, or until `end`. */
function turn(work: Omit<Work, "beat">, patience: number, end: number): Promise<Ended | Reached> {
  const beat = new Int32Array(new SharedArrayBuffer(8)).fill(work.first);
  const worker = new Worker(ENTRY, {
    eval: true,
    workerData: { ...work, beat } satisfies Work,
    resourceLimits: { maxOldGenerationSizeMb: HEAP },
  });
  return new Promise((resolve) => {
    let [at, since] = [-1, performance.now()];
    const finish = (result: Ended | Reached) => {
      clearInterval(watch);
      resolve(result);
      void worker.terminate();
    };
    const lost = (problem: string) => finish({ number: beat[0] ?? 0, input: NONE, problem, lost: true });
    const watch = setInterval(() => {
      const now = performance.now();
      if (beat[1] !== at) [at, since] = [beat[1] ?? 0, now];
      else if (now - since > (at === work.first ? LOADS : patience)) lost("it hangs");
      if (now > end) finish({ reached: beat[0] ?? 0 });
    }, 100);
    worker.on("message", (failed: Failed) =>
      finish(failed.problem === "" ? { reached: failed.number } : { ...failed, lost: false }),
    );
    worker.on("error", (error) => lost(`${error.name}: ${error.message}`));
  });
}
