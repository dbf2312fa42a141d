/**
 * `npm run bench -- offers`: of the real files whose image ships a toolchain, how many get a rewrite on some rung, and why the
 * others get none. `--folders DIR` gives the corpus its folders (see corpusInFolders); `--list` shows each file's answers.
 */
import { Analysis, recipes } from "../../server/src/core";
import { corpusFiles, corpusInFolders, type Measured } from "./corpus.mts";
import { table } from "./processes.mts";

/** The findings that say so. */
const SHIPS = new Set(["missing-build-stage", "build-tools-shipped", "bloated-base-image"]);

interface Asked {
  readonly file: Measured;
  /** The titles of what is offered, and the sentences of what is refused, each once. */
  readonly offers: readonly string[];
  readonly refusals: readonly string[];
}

/** Prints the share of files with an offer, and the reasons of the others by their number. */
export async function benchOffers(args: readonly string[]): Promise<void> {
  console.log("\n## Rewrites offered for real files that ship a toolchain (target: ≥ 90 %)\n");
  const folders = args.includes("--folders") ? args[args.indexOf("--folders") + 1] : undefined;
  const corpus = folders === undefined ? corpusFiles() : await corpusInFolders(folders);
  if (!corpus) return console.log("not measured: no folder corpus/");
  const asked = corpus.flatMap(askedOf);
  if (args.includes("--list")) return list(asked);
  const refused = asked.filter(({ offers }) => offers.length === 0);
  const reasons = new Map<string, number>();
  for (const { refusals } of refused) {
    const reason = shapeOf(refusals[0] ?? "(no answer)");
    reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  }
  const rows = [...reasons].sort(([, a], [, b]) => b - a).map(([reason, count]) => [String(count), reason]);
  console.log(table(["files", "the first reason (names and versions as …)"], rows));
  const offered = asked.length - refused.length;
  console.log(`\noffered: ${offered} of ${asked.length} (${Math.round((100 * offered) / asked.length)} %)`);
}

function askedOf(file: Measured): readonly Asked[] {
  const analysis = new Analysis(file.text, file.project);
  if (!analysis.findings.some(({ rule }) => SHIPS.has(rule.id))) return [];
  const answers = recipes
    .filter((recipe) => recipe.suits(analysis.context))
    .flatMap((recipe) => recipe.targetsFor(analysis.context).map((target) => analysis.answer(recipe, target)));
  return [
    {
      file,
      offers: [...new Set(answers.flatMap((answer) => (answer.kind === "offer" ? answer.title : [])))],
      refusals: [...new Set(answers.flatMap((answer) => (answer.kind === "refusal" ? answer.reason : [])))],
    },
  ];
}

/** Sentences that differ in what they name count as one. */
function shapeOf(reason: string): string {
  return reason.replace(/`[^`]*`|\S*[/.\d:]\S*\w/g, "…");
}

function list(asked: readonly Asked[]): void {
  for (const { file, offers, refusals } of asked) {
    console.log(`corpus/${file.name}`);
    for (const title of offers) console.log(`  + ${title}`);
    for (const reason of refusals) console.log(`  - ${reason}`);
  }
}
