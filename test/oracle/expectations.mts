/** Inputs of our own with what BuildKit makes of them. `npm run bench -- oracle --write` asks it again. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { askFiles, askWords, buildOracle, type WordAnswer, type WordQuestion } from "./oracle.mts";
import type { FileAnswer } from "./ours.mts";

const INPUTS = "test/oracle/inputs";
const EXPECTED = "test/oracle/expected.json";
const ENV = { A: "1", E: "", P: "a/b*c/b.tar.gz" };

export interface Expectations {
  readonly files: readonly { readonly text: string; readonly answer: FileAnswer }[];
  readonly words: readonly { readonly question: WordQuestion; readonly answer: WordAnswer }[];
}

/** The inputs: Dockerfiles, and lists of texts whose line endings no checkout may touch. */
export function inputTexts(): readonly string[] {
  const files = readdirSync(INPUTS).filter((name) => name.endsWith(".Dockerfile"));
  // A checkout on Windows may have made CRLF of them; those are among the lists.
  const texts = files.map((name) => readFileSync(`${INPUTS}/${name}`, "utf8").replaceAll("\r\n", "\n"));
  return [...texts, ...list("special"), ...list("rejected"), ...list("converted")];
}

/** The words, each for both escape characters. */
export function inputWords(): readonly WordQuestion[] {
  return list("words").flatMap((word) => ["\\", "`"].map((escape) => ({ word, escape, env: ENV })));
}

/** What is committed. */
export function expectations(): Expectations {
  return JSON.parse(readFileSync(EXPECTED, "utf8"));
}

/** Asks the oracle and commits its answers to the file; a sentence where it cannot be asked. */
export function writeExpectations(): string | undefined {
  const missing = buildOracle();
  if (missing) return missing;
  const texts = inputTexts();
  const words = inputWords();
  const files = askFiles(texts).map((answer, at) => ({ text: texts[at], answer }));
  const values = askWords(words).map((answer, at) => ({ question: words[at], answer }));
  writeFileSync(EXPECTED, `${JSON.stringify({ files, words: values }, null, 1)}\n`);
  return undefined;
}

function list(name: string): readonly string[] {
  return JSON.parse(readFileSync(`${INPUTS}/${name}.json`, "utf8"));
}
