import { describe, expect, test } from "vitest";
import { compareFile } from "./agreement.mts";
import { expectations, inputTexts, inputWords } from "./expectations.mts";
import { ourWord } from "./ours.mts";

/** What BuildKit made of them is committed, so that this needs no Go. */
const expected = expectations();

test("there is an expectation for every input", () => {
  expect(expected.files.map(({ text }) => text)).toEqual(inputTexts());
  expect(expected.words.map(({ question }) => question)).toEqual(inputWords());
});

describe("a file gives the tree, the verdict and the reason that BuildKit gives", () => {
  test.each(expected.files.map(({ text, answer }) => [text, answer] as const))("%j", (text, answer) => {
    expect(compareFile(text, answer)).toEqual([]);
  });
});

describe("a word gives the value that BuildKit gives", () => {
  test.each(expected.words)("$question.word with $question.escape", ({ question, answer }) => {
    const { value, error } = ourWord(question.word, question.escape, question.env);
    if (answer.error === undefined) expect([value, error]).toEqual([answer.value, undefined]);
    else expect([value, error]).toEqual([undefined, answer.error]);
  });
});
