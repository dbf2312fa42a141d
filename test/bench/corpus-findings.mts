/** `npm run bench -- corpus-findings`: how often each rule speaks about real files; `--list RULE` shows each finding, to be read by eye. */
import { Analysis, LineIndex, rules } from "../../server/src/core";
import { corpusFiles, type Measured } from "./corpus.mts";
import { table } from "./processes.mts";

interface Found {
  readonly file: Measured;
  /** From 1. */
  readonly line: number;
  readonly rule: string;
  readonly confidence: "certain" | "likely";
  readonly message: string;
}

/** Prints findings per rule over the corpus, or with `--list RULE` (`all` for every rule) the findings themselves. */
export function benchCorpusFindings(args: readonly string[]): void {
  console.log("\n## Findings over the corpus\n");
  const files = corpusFiles();
  if (!files) return console.log("not measured: no folder corpus/");
  const found = files.flatMap(findingsOf);
  const listed = args[args.indexOf("--list") + 1];
  if (args.includes("--list"))
    return list(found.filter(({ rule }) => listed === undefined || listed === "all" || rule === listed));
  const rows = rules.map(({ id, group }) => {
    const own = found.filter(({ rule }) => rule === id);
    const count = (confidence: Found["confidence"]) => own.filter((each) => each.confidence === confidence).length;
    return [
      id,
      group,
      String(new Set(own.map(({ file }) => file)).size),
      String(count("certain")),
      String(count("likely")),
    ];
  });
  console.log(table(["rule", "group", "files", "certain", "likely"], rows));
  console.log(
    `\n${found.length} findings in ${files.length} files; ${files.length - new Set(found.map(({ file }) => file)).size} files are silent`,
  );
}

function findingsOf(file: Measured): readonly Found[] {
  const lines = new LineIndex(file.text);
  return new Analysis(file.text, file.project).findings.map(({ rule, span, confidence, message }) => ({
    file,
    line: lines.lineAt(span.start) + 1,
    rule: rule.id,
    confidence,
    message,
  }));
}

function list(found: readonly Found[]): void {
  for (const { file, line, rule, confidence, message } of found)
    console.log(`corpus/${file.name}:${line}: ${confidence} ${rule}: ${message}`);
}
