/** The thread that tries inputs: it may hang or run out of memory, and the one that watches it goes on. */
import { parentPort, workerData } from "node:worker_threads";
import { type Input, inputOf } from "./inputs";
import { check } from "./properties";
import { shrink } from "./shrink";
import { type Failed, kindOf, type Work } from "./work";

/** An input of a few lines that takes longer is a defect. Milliseconds. */
const SLOW = 1_000;
/** So often a failing input may be tried for a smaller one. */
const TRIES = 2_000;

/** What is wrong with an input; undefined where all holds. */
function problemOf(input: Input): string | undefined {
  try {
    check(input);
    return undefined;
  } catch (error) {
    if (!(error instanceof Error)) return String(error);
    const frame = /\n\s+at .*?((?:server[\\/]src|node_modules)[\\/][^)\n]*)/.exec(error.stack ?? "")?.[1];
    return error.name === "Broken" ? error.message : `${error.name}: ${error.message} at ${frame ?? "?"}`;
  }
}

function attempt(input: Input): string | undefined {
  Atomics.add(beat, 1, 1);
  const began = performance.now();
  const problem = problemOf(input);
  return problem ?? (performance.now() - began > SLOW ? `slower than ${SLOW} ms` : undefined);
}

const { seed, first, last, only, beat } = workerData as Work;

async function tryAll(): Promise<void> {
  for (let number = first; ; number++) {
    Atomics.store(beat, 0, number);
    const found = only ?? inputOf(seed, number);
    // Twice: the machine may have been busy.
    const problem = attempt(found) && attempt(found);
    if (problem === undefined) {
      if (!only && number < last) continue;
      return parentPort?.postMessage({ number, input: found, problem: "" } satisfies Failed);
    }
    const same = (smaller: Input) => kindOf(attempt(smaller) ?? "") === kindOf(problem);
    const input = only ?? (await shrink(found, same, TRIES));
    return parentPort?.postMessage({ number, input, problem: attempt(input) ?? problem } satisfies Failed);
  }
}

void tryAll();
