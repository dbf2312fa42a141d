/** `npm run fuzz [-- --minutes N] [--seconds N] [--seed S] [--only NUMBER]`: tries inputs until the time is over; ends with 1 where one failed. */
import { parseArgs } from "node:util";
import { fuzz } from "./run";

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "5" },
    seconds: { type: "string" },
    seed: { type: "string" },
    only: { type: "string" },
  },
});

const seconds = Number(values.seconds ?? Number(values.minutes) * 60);
const seed = Number(values.seed ?? Math.floor(Math.random() * 1_000_000));
const only = values.only === undefined ? undefined : Number(values.only);
if (![seconds, seed, only ?? 0].every((value) => Number.isFinite(value) && value >= 0)) {
  console.error("--minutes, --seconds, --seed and --only take a number.");
  process.exit(2);
}

console.log(`fuzz: seed ${seed}, for ${seconds} s`);
const { tried, defects } = await fuzz(seed, seconds, only);
for (const { number, problem, input } of defects) {
  console.log(`\n--seed ${seed} --only ${number}: ${problem}`);
  console.log(`text: ${JSON.stringify(input.text)}`);
  if (input.files) console.log(`files: ${JSON.stringify(input.files)}`);
}
console.log(`\nfuzz: ${tried} inputs, ${defects.length} defects`);
process.exitCode = defects.length > 0 ? 1 : 0;
