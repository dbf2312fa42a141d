/** How far our core and BuildKit agree: counted by file, and by what of it. */
import { isDeepStrictEqual } from "node:util";
import { buildkitTexts, corpusTexts, expansions, mutants } from "./inputs.mts";
import { askFiles, askWords, buildkit, buildOracle } from "./oracle.mts";
import { type FileAnswer, type InstructionAnswer, ourFile, ourWord } from "./ours.mts";

const MUTANTS = 6000;
const EXPANSIONS = 6000;
const SEED = 20261121;

type View = (each: InstructionAnswer) => unknown;

/** The parts of a tree that are compared, each by itself. */
const PARTS = {
  instructions: ({ keyword, args, nested }: InstructionAnswer) => [keyword, args, nested?.keyword, nested?.args],
  lines: ({ start, end }: InstructionAnswer) => [start, end],
  flags: ({ flags, nested }: InstructionAnswer) => [flags, nested?.flags],
  json: ({ json, args, nested }: InstructionAnswer) => [json && args, nested?.json && nested.args],
  heredocs: ({ heredocs }: InstructionAnswer) => heredocs,
} satisfies Record<string, View>;
type Part = keyof typeof PARTS | "directives";

/** How many of how many. */
export interface Count {
  agree: number;
  of: number;
}

export interface Agreement {
  readonly name: string;
  /** Of the files in which BuildKit's parser sees a tree. */
  readonly parts: Readonly<Record<Part, Count>>;
  /** Everything of the tree is the same, and so is the verdict. */
  readonly whole: Count;
  readonly accepted: Count;
  readonly rejected: Count;
  /** Of the rejected ones: we give BuildKit's own reason. */
  readonly reasons: Count;
  /** Of the files that become build steps: we are certain of nothing that would stop them. */
  readonly converted: Count;
  /** Of the files that the parser takes and the conversion refuses: we give its reason. */
  readonly refused: Count;
}

export interface Disagreement {
  readonly text: string;
  readonly what: string;
  readonly theirs: unknown;
  readonly ours: unknown;
}

const count = (): Count => ({ agree: 0, of: 0 });

function add(to: Count, agree: boolean): boolean {
  to.of++;
  if (agree) to.agree++;
  return agree;
}

/** Compares what both make of the texts; what differs is handed to `report`. */
export function compareFiles(name: string, texts: readonly string[], report: (each: Disagreement) => void): Agreement {
  const found = noAgreement(name);
  askFiles(texts).forEach((theirs, at) => {
    compareOne(texts[at] as string, theirs, found, report);
  });
  return found;
}

/** Where our reading of a text differs from BuildKit's. */
export function compareFile(text: string, theirs: FileAnswer): readonly Disagreement[] {
  const differences: Disagreement[] = [];
  compareOne(text, theirs, noAgreement(""), (each) => differences.push(each));
  return differences;
}

function noAgreement(name: string): Agreement {
  const parts = {
    directives: count(),
    instructions: count(),
    lines: count(),
    flags: count(),
    json: count(),
    heredocs: count(),
  };
  return {
    name,
    parts,
    whole: count(),
    accepted: count(),
    rejected: count(),
    reasons: count(),
    converted: count(),
    refused: count(),
  };
}

function compareOne(text: string, theirs: FileAnswer, found: Agreement, report: (each: Disagreement) => void): void {
  const ours = ourFile(text);
  const sameTree = !theirs.tree || compareTrees(text, theirs, ours.instructions, ours.directives, found.parts, report);
  const sameVerdict = compareVerdicts(text, theirs.error, ours.reasons, found, report);
  add(found.whole, sameTree && sameVerdict);
  if (theirs.error === undefined) compareConversions(text, theirs.conversion, ours.conversions, found, report);
}

/** A reason of ours has to be BuildKit's; what we do not say for want of knowledge is counted, and no difference. */
function compareConversions(
  text: string,
  refusal: string | undefined,
  ours: readonly string[],
  counts: Agreement,
  report: (each: Disagreement) => void,
): void {
  const count = refusal === undefined ? counts.converted : counts.refused;
  const same = refusal === undefined ? ours.length === 0 : ours.map(bare).includes(bare(refusal));
  if (!add(count, same)) report({ text, what: ours.length > 0 ? "conversion" : "not found", theirs: refusal, ours });
}

/** A reason without BuildKit's guess at what was meant. */
function bare(reason: string): string {
  return reason.replace(/ \(did you mean [^)]*\)$/, "");
}

function compareTrees(
  text: string,
  theirs: FileAnswer,
  instructions: readonly InstructionAnswer[],
  directives: FileAnswer["directives"],
  counts: Readonly<Record<Part, Count>>,
  report: (each: Disagreement) => void,
): boolean {
  const upper = theirs.instructions.map(upperCase);
  const sides = Object.entries<View>(PARTS).map(
    ([what, part]) => [what as Part, upper.map(part), instructions.map(part)] as const,
  );
  return [...sides, ["directives", theirs.directives, directives] as const]
    .map(([what, a, b]) => {
      const same = add(counts[what], isDeepStrictEqual(a, b));
      if (!same) report({ text, what, ...firstDifference(a, b) });
      return same;
    })
    .every(Boolean);
}

function upperCase(each: InstructionAnswer): InstructionAnswer {
  return { ...each, keyword: each.keyword.toUpperCase(), ...(each.nested && { nested: upperCase(each.nested) }) };
}

function firstDifference(a: readonly unknown[], b: readonly unknown[]) {
  const at = a.findIndex((each, index) => !isDeepStrictEqual(each, b[index]));
  return { theirs: at < 0 ? a.length : a[at], ours: at < 0 ? b.length : b[at] };
}

function compareVerdicts(
  text: string,
  error: string | undefined,
  reasons: readonly string[],
  counts: Agreement,
  report: (each: Disagreement) => void,
): boolean {
  const same = add(
    error === undefined ? counts.accepted : counts.rejected,
    (error === undefined) === (reasons.length === 0),
  );
  const sameReason = error === undefined || add(counts.reasons, reasons.map(bare).includes(bare(error)));
  if (!same || !sameReason) report({ text, what: same ? "reason" : "verdict", theirs: error, ours: reasons });
  return same;
}

/** Compares the values of words: where we say that we do not know, we do not agree. */
export function compareWords(texts: readonly string[], report: (each: Disagreement) => void): Count {
  const questions = expansions(texts, EXPANSIONS, SEED);
  const total = count();
  askWords(questions).forEach((theirs, at) => {
    const { word, escape, env } = questions[at] as (typeof questions)[number];
    const ours = ourWord(word, escape, env);
    const same = theirs.error === undefined ? ours.value === theirs.value : ours.error !== undefined;
    if (!add(total, same)) report({ text: `${escape} ${word}`, what: "expansion", theirs, ours });
  });
  return total;
}

/** All figures; a sentence where they cannot be had. */
export function measureAgreement(report: (each: Disagreement) => void = () => {}) {
  const missing = buildOracle();
  if (missing) return missing;
  const { version, folder } = buildkit();
  const corpus = corpusTexts();
  const theirs = buildkitTexts(folder);
  const both = [...corpus, ...theirs];
  return {
    version,
    files: [
      compareFiles("corpus", corpus, report),
      compareFiles("BuildKit's own", theirs, report),
      compareFiles("mutants", mutants(both, MUTANTS, SEED), report),
    ],
    words: compareWords(both, report),
  };
}
