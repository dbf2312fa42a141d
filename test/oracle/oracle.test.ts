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
    expect(compareFile(text, answer).filter(({ what }) => what !== "not found")).toEqual([]);
  });
});

/** BuildKit refuses them where the base image has an empty config, which no text tells, or for something we do not look at. */
const UNTOLD = [
  "COPY --chown=ü --chmod=à1 x y",
  "RUN --mount=type=$U,target=/x y",
  "RUN --mount=type=cache y",
  "RUN --mount=type=bind,target=. y",
  "RUN --mount=type=tmpfs,target=/x,size=1x y",
  "COPY --chmod=foo x y",
  "COPY git@github.com:a/b y",
  "ADD --checksum=sha256:abc a y",
  "ADD --checksum=sha256:abc https://a/b y",
  "USER ${U:?no}",
  "VOLUME $U",
];

test("what the text does not tell is not said", () => {
  const silent = expected.files.flatMap(({ text, answer }) =>
    compareFile(text, answer).some(({ what }) => what === "not found") ? [text.trim().split("\n").at(-1)] : [],
  );
  expect(silent).toEqual(UNTOLD);
});

describe("a word gives the value that BuildKit gives", () => {
  test.each(expected.words)("$question.word with $question.escape", ({ question, answer }) => {
    const { value, error } = ourWord(question.word, question.escape, question.env);
    if (answer.error === undefined) expect([value, error]).toEqual([answer.value, undefined]);
    else expect([value, error]).toEqual([undefined, answer.error]);
  });
});
