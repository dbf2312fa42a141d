/**
 * The main job with nothing but Node: `npm start [FILE]` shows the findings, the rewrite as a diff, and the sizes before
 * and after as estimates. Without FILE it is the calculator of examples/.
 */
import { spawnSync } from "node:child_process";
import "./build.mts";

const file = process.argv[2] ?? "examples/calculator/Dockerfile";

function ballast(...args: string[]): number {
  process.stdout.write(`\n$ ballast ${args.join(" ")}\n`);
  return spawnSync(process.execPath, ["dist/cli.js", ...args], { stdio: "inherit" }).status ?? 3;
}

const codes = [ballast("check", file), ballast("size", file), ballast("fix", file, "--recipe", "split-build-stage")];
// Findings and a refusal are what the job is about; anything else went wrong.
process.exitCode = Math.max(...codes) > 1 ? Math.max(...codes) : 0;
