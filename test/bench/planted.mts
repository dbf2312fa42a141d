/**
 * `npm run bench -- planted`: the error of each runtime rule is put into every file where it can stand, and looked for.
 * `--list [RULE]` shows each that was not found as certain, with the steps that keep the rule from speaking; `--folders DIR`
 * gives the corpus its folders (see corpusInFolders). What cannot be told by a file and its folder, whoever reads them,
 * stands in a column of its own; `certain %` is without it, `of all` with it.
 */
import { Analysis, rules } from "../../server/src/core";
import { appFiles, corpusFiles, corpusInFolders, type Measured } from "./corpus.mts";
import * as bases from "./planters/bases";
import { interpreterMismatch } from "./planters/carried";
import { missingGoModule, missingRuntimeData, rewritesOf, unwritablePath } from "./planters/folders";
import { commandPathMissing, copiedPathMissing } from "./planters/paths";
import type { Plant, Planter } from "./planters/planter";
import * as starts from "./planters/starts";
import { table } from "./processes.mts";

const PLANTERS: readonly Planter[] = [
  copiedPathMissing,
  commandPathMissing,
  starts.shellFormWithoutShell,
  starts.entrypointRepeated,
  starts.launcherMissing,
  starts.healthcheckToolMissing,
  starts.unknownUser,
  bases.libcMismatch,
  bases.missingSharedLibrary,
  interpreterMismatch,
  missingRuntimeData,
  unwritablePath,
  missingGoModule,
  bases.unknownImage,
  bases.endOfLifeBase,
];

interface Outcome {
  readonly file: Measured;
  readonly plant: Plant;
  readonly rule: string;
  readonly found: "certain" | "likely" | "missed";
  /** What other rules of the start and of the syntax say of the file since. */
  readonly others: readonly string[];
}

/** Prints per rule how many of its planted errors are found. */
export async function benchPlanted(args: readonly string[]): Promise<void> {
  console.log("\n## Planted errors (found as certain: ≥ 80 %, none of the others' findings wrong)\n");
  const folders = args.includes("--folders") ? args[args.indexOf("--folders") + 1] : undefined;
  const corpus = folders === undefined ? corpusFiles() : await corpusInFolders(folders);
  if (!corpus) console.log("not measured on the corpus: no folder corpus/\n");
  const files = [...(corpus ?? []), ...withRewrites(appFiles())];
  const wanted = args.includes("--list") ? args[args.indexOf("--list") + 1] : undefined;
  const planters = PLANTERS.filter(({ rule }) => wanted === undefined || rule === wanted);
  const outcomes = planters.flatMap((planter) => files.flatMap((file) => outcomesOf(planter, file)));
  if (args.includes("--list")) list(outcomes);
  summary(planters, outcomes);
}

/** The apps, and what our own rewrites make of them. */
function withRewrites(apps: readonly Measured[]): readonly Measured[] {
  return apps.flatMap((app) => [
    app,
    ...rewritesOf(new Analysis(app.text, app.project)).map(([target, text]) => ({
      ...app,
      name: `${app.name} (${target})`,
      text,
    })),
  ]);
}

function outcomesOf(planter: Planter, file: Measured): readonly Outcome[] {
  const before = new Analysis(file.text, file.project);
  const said = new Set(before.findings.map(({ rule, message }) => `${rule.id} ${message}`));
  // What is wrong already cannot be planted, and a file that is not built starts nothing.
  if (before.findings.some(({ rule }) => rule.id === planter.rule || rule.id === "invalid-syntax")) return [];
  return planter.plant(before, file.sources, file.folder).map((plant) => {
    const after = new Analysis(plant.text, plant.project ?? file.project);
    const fresh = after.findings.filter(({ rule, message }) => !said.has(`${rule.id} ${message}`));
    const own = fresh.filter(({ rule }) => rule.id === planter.rule).map(({ confidence }) => confidence);
    const others = fresh
      .filter(({ rule }) => rule.id !== planter.rule && (rule.group === "runtime" || rule.id === "invalid-syntax"))
      .map(({ rule, confidence, message }) => `${confidence} ${rule.id}: ${message}`);
    return {
      file,
      plant,
      rule: planter.rule,
      found: own.includes("certain") ? "certain" : (own[0] ?? "missed"),
      others,
    };
  });
}

function summary(planters: readonly Planter[], outcomes: readonly Outcome[]): void {
  const exists = new Set(rules.map(({ id }) => id));
  const line = (name: string, own: readonly Outcome[]) => {
    const count = (found: Outcome["found"]) => own.filter((each) => each.found === found).length;
    const hidden = own.filter(({ found, plant }) => found === "missed" && plant.untold !== undefined).length;
    const share = (all: number) => (all === 0 ? "" : `${((100 * count("certain")) / all).toFixed(0)} %`);
    const others = own.filter((each) => each.others.length > 0).length;
    return [
      name,
      new Set(own.map(({ file }) => file)).size,
      own.length,
      count("certain"),
      count("likely"),
      count("missed") - hidden,
      hidden,
      share(own.length - hidden),
      share(own.length),
      others,
    ].map(String);
  };
  const rows = planters.map(({ rule }) =>
    exists.has(rule)
      ? line(
          rule,
          outcomes.filter((each) => each.rule === rule),
        )
      : [rule, "no such rule yet"],
  );
  console.log(
    table(
      [
        "rule",
        "files",
        "planted",
        "certain",
        "likely",
        "missed",
        "cannot be told",
        "certain %",
        "of all",
        "others speak too",
      ],
      [
        ...rows,
        line(
          "all",
          outcomes.filter(({ rule }) => exists.has(rule)),
        ),
      ],
    ),
  );
}

function list(outcomes: readonly Outcome[]): void {
  for (const { file, plant, rule, found, others } of outcomes) {
    if (found !== "certain") {
      const steps = blockers(file, plant, rule);
      console.log(
        `${file.name}: ${found} ${rule}: ${plant.done}${plant.untold ? ` (${plant.untold})` : ""}${steps ? `\n    it would speak without: ${steps.join(" | ")}` : ""}`,
      );
    }
    for (const other of others) console.log(`${file.name}: ${plant.done}\n    also ${other}`);
  }
}

/** The steps that keep a rule silent: without them it is certain. Undefined where no steps are the reason. */
function blockers({ project }: Measured, plant: Plant, rule: string): readonly string[] | undefined {
  const speaks = (text: string) =>
    new Analysis(text, plant.project ?? project).findings.some(
      (each) => each.rule.id === rule && each.confidence === "certain",
    );
  let { text } = plant;
  const dropped: string[] = [];
  const steps = new Analysis(text).context.syntax.instructions
    .filter(({ keyword }) => keyword === "RUN" || keyword === "COPY" || keyword === "ADD")
    .toReversed();
  for (const { span } of steps) {
    const step = plant.text.slice(span.start, span.end);
    if (step.includes("not-made")) continue;
    const without = text.slice(0, span.start) + text.slice(span.end);
    dropped.push(step);
    text = without;
    if (speaks(text)) return needed(plant.text, dropped, speaks);
  }
  return undefined;
}

/** Of the dropped steps those that have to go. */
function needed(text: string, dropped: readonly string[], speaks: (text: string) => boolean): readonly string[] {
  const without = (steps: readonly string[]) => steps.reduce((left, step) => left.replace(step, () => ""), text);
  let must = dropped;
  for (const step of dropped) {
    const fewer = must.filter((each) => each !== step);
    if (speaks(without(fewer))) must = fewer;
  }
  return must.map((step) => step.replace(/\s+/g, " ").slice(0, 120));
}
