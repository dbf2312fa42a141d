/** What the thread that tries inputs and the one that watches it say to each other. */
import type { Input } from "./inputs";

/** What the thread is given: inputs by number from `first` to `last`, or one input. `beat` is the number it is at, and how often it has tried. */
export interface Work {
  readonly seed: number;
  readonly first: number;
  readonly last: number;
  readonly only: Input | undefined;
  readonly beat: Int32Array;
}

/** What it says of an input that breaks a property. */
export interface Failed {
  readonly number: number;
  readonly input: Input;
  readonly problem: string;
}

/** The same defect says nearly the same about another input. */
export function kindOf(problem: string): string {
  return problem.replace(/"[^"]*"|\d+/g, "").slice(0, 120);
}
