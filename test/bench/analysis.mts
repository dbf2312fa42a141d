/** `npm run bench -- analysis`: what the analysis of a text costs in its own process, cold and after a keystroke. */

import { spawnSync } from "node:child_process";
import { pathToFileURL } from "node:url";
import { Analysis } from "../../server/src/core";
import { median, table } from "./processes.mts";
import { linesOf } from "./shapes.mts";

/** Milliseconds. */
interface Times {
  /** The first analysis of a process, its code not compiled yet. */
  readonly cold: number;
  readonly keystrokes: readonly number[];
  /** What the process computed for one keystroke on the average, whoever else the machine served meanwhile. */
  readonly work: number;
}

const KEYSTROKES = 60;
const ROUNDS = 3;
const SIZES: readonly (readonly [lines: number, target: string])[] = [
  [100, "≤ 5 ms over LSP"],
  [2_000, "≤ 30 ms over LSP"],
  [10_000, "cold < 300 ms, keystroke < 30 ms"],
];

/** Prints a row for each length; each round is a process of its own. */
export function benchAnalysis(): void {
  console.log("\n## The analysis in its process (milliseconds; medians of 3 processes)\n");
  const rows = SIZES.map(([lines, target]) => {
    const rounds = Array.from({ length: ROUNDS }, () => timesIn(lines));
    const keystrokes = rounds.flatMap((each) => each.keystrokes).sort((a, b) => a - b);
    const p95 = keystrokes[Math.floor(keystrokes.length * 0.95)] ?? Number.NaN;
    const figures = [
      median(rounds.map((each) => each.cold)),
      median(keystrokes),
      p95,
      median(rounds.map((each) => each.work)),
    ];
    return [String(lines), ...figures.map((each) => each.toFixed(1)), target];
  });
  console.log(table(["lines", "cold", "keystroke p50", "p95", "CPU each", "target"], rows));
}

function timesIn(lines: number): Times {
  const { stdout, stderr } = spawnSync(process.execPath, [...process.execArgv, import.meta.filename, String(lines)], {
    encoding: "utf8",
  });
  if (stdout === "") throw new Error(stderr);
  return JSON.parse(stdout) as Times;
}

/** A comment's first character in the middle of the file comes and goes. */
function measure(lines: number): Times {
  const text = linesOf(lines);
  let version: Analysis | undefined;
  const timed = (next: string): number => {
    const began = performance.now();
    version = new Analysis(next, undefined, version);
    version.findings.length;
    return performance.now() - began;
  };
  const cold = timed(text);
  const middle = text.indexOf("\n", text.length >> 1) + 1;
  const typed = `${text.slice(0, middle)}#${text.slice(middle)}`;
  const before = process.cpuUsage();
  const keystrokes = Array.from({ length: KEYSTROKES }, (_, at) => timed(at % 2 === 0 ? typed : text));
  const { user, system } = process.cpuUsage(before);
  return { cold, keystrokes, work: (user + system) / 1_000 / KEYSTROKES };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href)
  console.log(JSON.stringify(measure(Number(process.argv[2]))));
