/** `npm run bench -- linear [NAME]`: how the cost of a file grows with its length, for each family of files. */
import { spawnSync } from "node:child_process";
import { buildSync } from "esbuild";
import { FAMILIES, type Family } from "../fuzz/families";
import type { Cost } from "./linear-one";
import { table } from "./processes.mts";

const PROGRAM = "out/bench/linear-one.cjs";
/** From a quarter of the size to the whole: linear is 4, a square 16. What takes no time has no growth to speak of. */
const GROWTH = 7;
const NOTHING = 30;
/** The promise, at any size: a limit that bites at the whole alone hides what stands before it. Milliseconds and MiB. */
const LIMIT = 1_000;
const MOST_MEMORY = 300;
/** So long is waited for a process. */
const HANGS = 120_000;

/** Prints what each family costs at a quarter, half and the whole of its size, each in a process of its own. */
export function benchLinear([wanted]: readonly string[]): void {
  console.log("\n## Cost against length (milliseconds at a quarter, half and the whole, best of 3; the most memory)\n");
  const entryPoints = [`${import.meta.dirname}/linear-one.ts`];
  buildSync({ entryPoints, outfile: PROGRAM, bundle: true, platform: "node", format: "cjs" });
  const rows = FAMILIES.filter(({ name }) => wanted === undefined || name.includes(wanted)).map(row);
  console.log(table(["family", "bytes", "¼", "½", "whole", "whole ÷ ¼", "MiB", ""], rows));
}

function row({ name, most }: Family): readonly string[] {
  const costs = [most >> 2, most >> 1, most].map((size) => costOf(name, Math.max(size, 1)));
  const [quarter = Number.NaN, , whole = Number.NaN] = costs.map((cost) => cost?.milliseconds);
  const growth = whole / quarter;
  const memory = Math.max(...costs.map((cost) => cost?.mebibytes ?? Number.NaN));
  const faults = [
    ...(costs.some((cost) => !(cost && cost.milliseconds <= LIMIT)) ? ["slow"] : []),
    ...(growth > GROWTH && whole > NOTHING ? ["superlinear"] : []),
    ...(memory > MOST_MEMORY ? ["heavy"] : []),
  ];
  const times = costs.map((cost) => cost?.milliseconds.toFixed(0) ?? "failed");
  return [name, String(costs.at(-1)?.bytes), ...times, growth.toFixed(1), memory.toFixed(0), faults.join(", ")];
}

/** Undefined where the process hangs, or dies. */
function costOf(name: string, size: number): Cost | undefined {
  const { stdout, status } = spawnSync(process.execPath, [PROGRAM, name, String(size)], {
    encoding: "utf8",
    timeout: HANGS,
    killSignal: "SIGKILL",
    stdio: ["ignore", "pipe", "inherit"],
  });
  return status === 0 ? (JSON.parse(stdout) as Cost) : undefined;
}
