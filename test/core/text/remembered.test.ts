import { expect, test } from "vitest";
import { emptyMemory, remembered, rememberedBeside, rememberedWith } from "../../../server/src/core/text/remembered";

/** A thing that keeps answers, and a question that counts how often it was worked out. */
function asked<T>(answer: T) {
  let times = 0;
  const question = () => {
    times++;
    return answer;
  };
  return { thing: { memory: emptyMemory() }, question, times: () => times };
}

test.each([["a value"], [undefined], [null], [0]])("an answer is made once, also where it is %s", (answer) => {
  const { thing, question, times } = asked(answer);
  const once = remembered(question);
  expect([once(thing), once(thing), times()]).toEqual([answer, answer, 1]);
});

test("each question has an answer of its own, for each thing", () => {
  const [double, half] = [2, 0.5].map((by) => remembered((thing: { memory: unknown[]; n: number }) => thing.n * by));
  const things = [3, 5].map((n) => ({ n, memory: emptyMemory() }));
  expect(things.map((thing) => [double?.(thing), half?.(thing)])).toEqual([
    [6, 1.5],
    [10, 2.5],
  ]);
});

test("what hangs on something beside is made again when that is another", () => {
  const { thing, times, question } = asked("made");
  const made = rememberedWith((_, given: string | undefined) => `${question()} for ${given}`);
  expect([undefined, undefined, "a", "a"].map((given) => made(thing, given))).toEqual([
    "made for undefined",
    "made for undefined",
    "made for a",
    "made for a",
  ]);
  expect(times()).toBe(2);
});

test("things without a memory are remembered beside", () => {
  const { question, times } = asked(undefined);
  const once = rememberedBeside(question);
  const thing = {};
  expect([once(thing), once(thing), times()]).toEqual([undefined, undefined, 1]);
});
