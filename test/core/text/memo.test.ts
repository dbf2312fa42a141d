import { expect, test } from "vitest";
import { Memo } from "../../../server/src/core/text/memo";

test("what was made of a text is remembered, what nobody asks for any more is forgotten", () => {
  let made = 0;
  const memo = new Memo((text) => ({ text, made: ++made }));
  const first = memo.of("FROM a");
  expect(memo.of("FROM a")).toBe(first);
  const long = (at: number) => `${at} ${"x".repeat(50_000)}`;
  for (let at = 0; at < 8; at++) memo.of(long(at));
  expect(memo.of("FROM a")).toBe(first);
  for (let at = 0; at < 30; at++) memo.of(long(at));
  expect(memo.of("FROM a")).not.toBe(first);
  expect(memo.of("FROM a").text).toBe("FROM a");
});
