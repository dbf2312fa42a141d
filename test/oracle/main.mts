/** `npm run bench -- oracle [--write] [N]`: how far we agree with BuildKit, and the first N differences. */
import { table } from "../bench/processes.mts";
import { type Count, type Disagreement, measureAgreement } from "./agreement.mts";
import { writeExpectations } from "./expectations.mts";

/** The oracle alone, with the arguments that follow its name. */
export function runOracle(args: readonly string[]): void {
  const refused = args.includes("--write") ? writeExpectations() : undefined;
  if (refused) console.log(`not written: ${refused}`);
  printAgreement(Number(args.find((each) => /^\d+$/.test(each)) ?? 0));
}

/** Prints the figures, or says aloud that there are none. */
export function printAgreement(show = 0): void {
  console.log("\n## Agreement with BuildKit (files it accepts: 100 %; mutants ≥ 99.5 %)\n");
  const differences: Disagreement[] = [];
  const found = measureAgreement((each) => differences.push(each));
  if (typeof found === "string") return console.log(`not measured: ${found}`);
  const rows = found.files.map(({ name, parts, accepted, rejected, reasons, whole, converted, refused }) => [
    name,
    ...[parts.instructions, parts.lines, parts.flags, parts.json, parts.heredocs, parts.directives].map(percent),
    ...[accepted, rejected, reasons, whole, converted, refused].map(percent),
  ]);
  const head =
    "files,instructions,lines,flags,JSON,heredocs,directives,accepted,rejected,reasons,all of it,converted,refusals found".split(
      ",",
    );
  console.log(table(head, rows));
  console.log(`\nBuildKit ${found.version} · expansions of words: ${percent(found.words)}`);
  for (const each of differences.slice(0, show)) console.log(JSON.stringify(each));
}

function percent({ agree, of }: Count): string {
  return of === 0 ? "–" : `${((100 * agree) / of).toFixed(agree === of ? 0 : 2)} % of ${of}`;
}
