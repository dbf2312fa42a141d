/** One family of files at one size, in a process of its own: `node linear-one.cjs NAME SIZE` prints what it costs as JSON. */
import { ask } from "../fuzz/ask";
import { FAMILIES } from "../fuzz/families";

const ROUNDS = 3;

/** What a process takes to answer all that is asked of a file. */
export interface Cost {
  /** The best of some rounds. */
  readonly milliseconds: number;
  /** The most that the first round took over what the process had before, which is what a command line takes. */
  readonly mebibytes: number;
  /** Of the Dockerfile and the files of its folder. */
  readonly bytes: number;
}

const [, , wanted = "", size = ""] = process.argv;
const family = FAMILIES.find(({ name }) => name === wanted);
if (!family) throw new Error(`There is no family ${wanted}.`);
const asked = family.make(Number(size));

const peak = () => process.resourceUsage().maxRSS / 1024;
const times: number[] = [];
ask({ text: "FROM a\n" });
const before = peak();
let most = 0;
for (let round = 0; round < ROUNDS; round++) {
  const began = performance.now();
  ask(asked);
  times.push(performance.now() - began);
  most ||= peak();
}
const bytes = [asked.text, ...Object.values(asked.files ?? {})].reduce((sum, text) => sum + text.length, 0);
console.log(JSON.stringify({ milliseconds: Math.min(...times), mebibytes: most - before, bytes } satisfies Cost));
