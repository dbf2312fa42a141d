import { describe, expect, test } from "vitest";
import { Analysis, applyEdits, fixAll } from "../../server/src/core";
import { Trials } from "../../server/src/core/rewrite/sound";
import { firstOfOverlapping, replacement } from "../../server/src/core/text/edit";
import { CASES } from "../cases/cases";
import { VARIANTS } from "../cases/variants";

const RUN = "RUN apt-get update && apt-get install -y curl";
const LISTS = " && rm -rf /var/lib/apt/lists/*";
const FILE = `FROM ubuntu\n${RUN}\n# a comment\n${RUN}\nCMD ["/app"]\n`;

describe("fixAll", () => {
  test("makes the safe fixes, and no other", () => {
    const { text, edits, changes } = fixAll(new Analysis(FILE));
    expect(text).toBe(`FROM ubuntu\n${RUN}${LISTS}\n# a comment\n${RUN}${LISTS}\nCMD ["/app"]\n`);
    expect(applyEdits(FILE, edits)).toBe(text);
    expect(changes.map(({ rule, safety }) => [rule, safety])).toEqual([
      ["apt-lists-kept", "safe"],
      ["apt-lists-kept", "safe"],
    ]);
  });

  test("has nothing to do a second time", () => {
    const { text } = fixAll(new Analysis(FILE));
    expect(fixAll(new Analysis(text))).toEqual({ text, edits: [], changes: [] });
  });

  test("keeps to one rule where one is named", () => {
    expect(fixAll(new Analysis(FILE), "apt-lists-kept").changes).toHaveLength(2);
    expect(fixAll(new Analysis(FILE), "floating-tag").text).toBe(FILE);
  });

  test("one finding whose fix does not hold costs the others nothing", () => {
    const bad = "RUN apt-get update # a comment of the shell";
    const text = `FROM ubuntu\n${RUN}\n${bad}\n${RUN}\nCMD ["/app"]\n`;
    expect(fixAll(new Analysis(text)).text).toBe(`FROM ubuntu\n${RUN}${LISTS}\n${bad}\n${RUN}${LISTS}\nCMD ["/app"]\n`);
  });

  test.each([
    ...CASES.map(({ number, dockerfile }) => [`case ${number}`, dockerfile] as const),
    ...VARIANTS.map(({ name, dockerfile }) => [name, dockerfile] as const),
  ])("%s: BuildKit takes the result, and nothing is left to do", (_name, dockerfile) => {
    const before = new Analysis(dockerfile);
    const { text } = fixAll(before);
    const after = new Analysis(text);
    const ids = ({ findings }: Analysis) => findings.map(({ rule }) => rule.id).sort();
    expect(ids(after)).toEqual(ids(before).filter((id) => id !== "apt-lists-kept"));
    expect(fixAll(after).text).toBe(text);
  });

  test("2,000 findings are fixed within a second or two", () => {
    const text = `FROM ubuntu\n${`${RUN}\n`.repeat(2000)}CMD ["/app"]\n`;
    const start = performance.now();
    expect(fixAll(new Analysis(text)).changes).toHaveLength(2000);
    expect(performance.now() - start).toBeLessThan(4000);
  });
});

describe("trials", () => {
  test("asks once where all hold, and finds those that do not", () => {
    let asked = 0;
    const without = (bad: readonly number[]) => (some: readonly number[]) => {
      asked++;
      return !some.some((each) => bad.includes(each));
    };
    const numbers = Array.from({ length: 100 }, (_, at) => at);
    expect(new Trials(1).soundOf(numbers, without([])).size).toBe(100);
    expect(asked).toBe(1);
    expect([...new Trials(1).soundOf(numbers, without([7]))].sort((a, b) => a - b)).toEqual(
      numbers.filter((each) => each !== 7),
    );
    expect(new Trials(1).soundOf([], without([])).size).toBe(0);
  });

  test("gives up after a while, and offers nothing that it has not tried", () => {
    let asked = 0;
    const none = () => {
      asked++;
      return false;
    };
    expect(
      new Trials(1).soundOf(
        Array.from({ length: 1000 }, (_, at) => at),
        none,
      ).size,
    ).toBe(0);
    expect(asked).toBeLessThan(50);
  });
});

describe("edits", () => {
  const thing = (...spans: readonly (readonly [number, number])[]) => ({
    edits: spans.map(([start, end]) => ({ span: { start, end }, text: "" })),
  });

  test("of two things that want the same place the first is left", () => {
    const [a, b, c, d] = [thing([0, 5]), thing([3, 8], [20, 21]), thing([8, 8]), thing([8, 8])];
    expect(firstOfOverlapping([a, b, c, d])).toEqual([a, c]);
    expect(firstOfOverlapping([thing([1, 1], [1, 1])])).toHaveLength(1);
    expect(firstOfOverlapping([])).toEqual([]);
  });

  test.each([
    ["abc", "abc"],
    ["abc", "aXc"],
    ["aaa", "aa"],
    ["", "abc"],
    ["abcabc", "abc"],
  ])("one edit makes %j into %j", (before, after) => {
    expect(applyEdits(before, replacement(before, after))).toBe(after);
  });
});
