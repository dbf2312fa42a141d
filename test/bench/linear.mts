/** `npm run bench -- linear [NAME]`: how the cost of a file grows with its length, for each family of files. */
import { ask } from "../fuzz/ask";
import { FAMILIES, type Family } from "../fuzz/families";
import { table } from "./processes.mts";

const ROUNDS = 3;
/** From a quarter of the size to the whole: linear is 4, a square 16. What takes no time has no growth to speak of. */
const GROWTH = 7;
const NOTHING = 30;
/** The promise, in milliseconds. */
const LIMIT = 1_000;

/** Prints what each family costs at a quarter, half and the whole of its size; the best of some rounds, interleaved. */
export function benchLinear([wanted]: readonly string[]): void {
  console.log("\n## Cost against length (milliseconds at a quarter, half and the whole; best of 3)\n");
  const rows = FAMILIES.filter(({ name }) => wanted === undefined || name.includes(wanted)).map(row);
  console.log(table(["family", "bytes", "¼", "½", "whole", "whole ÷ ¼", ""], rows));
}

function row({ name, most, make }: Family): readonly string[] {
  const asked = [most >> 2, most >> 1, most].map((size) => make(Math.max(size, 1)));
  const best = asked.map(() => Number.POSITIVE_INFINITY);
  for (let round = 0; round < ROUNDS; round++) {
    asked.forEach((each, at) => {
      const began = performance.now();
      ask(each);
      best[at] = Math.min(best[at] ?? 0, performance.now() - began);
    });
  }
  const [quarter = 0, , whole = 0] = best;
  const growth = whole / quarter;
  const faults = [...(whole > LIMIT ? ["slow"] : []), ...(growth > GROWTH && whole > NOTHING ? ["superlinear"] : [])];
  const { text, files = {} } = asked.at(-1) ?? { text: "" };
  const bytes = text.length + Object.values(files).reduce((sum, file) => sum + file.length, 0);
  return [name, String(bytes), ...best.map((each) => each.toFixed(0)), growth.toFixed(1), faults.join(", ")];
}
