import { expect, test } from "vitest";
import { type Defect, fuzz } from "./run";

/** Seconds for each of the two runs; `npm run fuzz` takes its time. */
const SECONDS = 20;

/** What to read, and how to see it again. */
function shown({ seed, number, problem, input }: Defect): string {
  return `npm run fuzz -- --seed ${seed} --only ${number}: ${problem}\n${JSON.stringify(input, undefined, 1)}`;
}

test.each([
  ["the same inputs as ever", 1],
  ["new ones", Math.floor(Math.random() * 1_000_000)],
])(
  "no input breaks a property: %s (seed %i)",
  async (_name, seed) => {
    const { tried, defects } = await fuzz(seed, SECONDS);
    expect(defects.map(shown)).toEqual([]);
    expect(tried).toBeGreaterThan(100);
  },
  5 * 60_000,
);
