/** Timing of whole processes: interleaved, medians, ratios in the same run. */
import { spawnSync } from "node:child_process";

export interface Command {
  readonly name: string;
  readonly argv: readonly string[];
}

export interface Timing {
  readonly name: string;
  /** Milliseconds, the median of the rounds. */
  readonly median: number;
  /** The median over that of the first command in the same rounds. */
  readonly ratio: number;
  readonly killed: boolean;
}

/** Runs the commands in turn (A B C A B C …) after a warm-up round; the first is the yardstick. */
export function interleave(
  commands: readonly Command[],
  rounds: number,
  { timeout = 60_000, warmUp = true } = {},
): readonly Timing[] {
  const times = commands.map((): number[] => []);
  const killed = new Set<number>();
  for (let round = warmUp ? -1 : 0; round < rounds; round++) {
    commands.forEach(({ argv }, at) => {
      if (killed.has(at)) return;
      const began = performance.now();
      const [program = "", ...args] = argv;
      const { error, signal } = spawnSync(program, args, {
        stdio: ["ignore", "ignore", "ignore"],
        timeout,
        killSignal: "SIGKILL",
      });
      if (error || signal) killed.add(at);
      if (round >= 0 || killed.has(at)) times[at]?.push(performance.now() - began);
    });
  }
  const medians = times.map(median);
  return commands.map(({ name }, at) => ({
    name,
    median: medians[at] ?? 0,
    ratio: (medians[at] ?? 0) / (medians[0] ?? 1),
    killed: killed.has(at),
  }));
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}

/** The peak resident memory of a process in MiB, as the kernel counts it; undefined where GNU time is missing. */
export function peakMemory(argv: readonly string[], timeout = 60_000): number | undefined {
  const { stderr, error } = spawnSync("/usr/bin/time", ["-f", "peak %M", ...argv], {
    encoding: "utf8",
    timeout,
    killSignal: "SIGKILL",
    stdio: ["ignore", "ignore", "pipe"],
  });
  const kib = /peak (\d+)\s*$/.exec(stderr ?? "")?.[1];
  return error || kib === undefined ? undefined : Number(kib) / 1024;
}

/** A table for a terminal or a page. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((cell, at) => Math.max(cell.length, ...rows.map((row) => row[at]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join(" | ")} |`;
  return [line(head), `|${widths.map((width) => "-".repeat(width + 2)).join("|")}|`, ...rows.map(line)].join("\n");
}
