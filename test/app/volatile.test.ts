import { expect, it } from "vitest";
import { differsAt, isLike } from "../../server/src/app/volatile";

it("takes for volatile what differs between answers before, and nothing else", () => {
  const known = ["now 06:01:26, hello", "now 06:01:27, hello"];
  expect(isLike(known, ["now 07:59:59, hello"])).toBe(true);
  expect(isLike(known, ["now 07:59:59, hello", "now 08:00:00, hullo"])).toBe(false);
  expect(isLike(known, ["now 07:59:59, hello "])).toBe(false);
  expect(isLike(known, ["then 07:59:59, hello"])).toBe(false);
  expect(isLike(known, ["now , hello"])).toBe(false);
  expect(isLike(known, [""])).toBe(false);
});

it("reports one changed byte where nothing is volatile", () => {
  const page = `<html>${"<p>some text</p>\n".repeat(5_000)}</html>`;
  for (const at of [0, 4, page.length >> 1, page.length - 1]) {
    const other = `${page.slice(0, at)}~${page.slice(at + 1)}`;
    expect(isLike([page, page], [other])).toBe(false);
    expect(differsAt(page, other)).toBe(at);
  }
  expect(isLike([page, page], [page, page])).toBe(true);
  expect(differsAt(page, page)).toBeUndefined();
  expect(differsAt("ab", "abc")).toBe(2);
});

it("reports one changed byte beside what is volatile", () => {
  const page = (id: string, word = "text") => `{"id":"${id}","items":["a","b"],"more":{"some":"${word}"}}`;
  const known = [page("3f2c-11"), page("9a1b-22")];
  expect(isLike(known, [page("0000-33")])).toBe(true);
  expect(isLike(known, [page("0000-33", "texT")])).toBe(false);
  expect(isLike(known, [page("0000-33").replace("]", "")])).toBe(false);
});

it("knows what comes and goes by what stands around it", () => {
  const known = ["visits: 1 2\nend", "visits: 1 2 3 4\nend"];
  expect(isLike(known, ["visits: 1 2 3\nend"])).toBe(true);
  expect(isLike(known, ["visits: 2\nend", "visits: 1 2\nend"])).toBe(false);
  expect(isLike(known, ["visits: 1 2"])).toBe(false);
  expect(isLike(["a", "a b a"], ["a"])).toBe(true);
  expect(isLike(["a", "a b a"], ["b"])).toBe(false);
});

it("cannot be told where nothing stays", () => {
  expect(isLike(["3f2c", "9a1b"], ["anything"])).toBeNull();
  expect(isLike(["{3f2c}", "{9a1b, 7}"], ["{}"])).toBeNull();
  expect(isLike(["", "x"], [""])).toBeNull();
});

it("learns from a third answer what the first two agreed on by chance", () => {
  const [one, two, three] = ["12:59 up 3", "12:59 up 4", "13:00 up 9"];
  expect(isLike([one, two], ["13:00 up 8"])).toBe(false);
  expect(isLike([one, two, three], ["13:00 up 8"])).toBe(true);
});

it("takes no longer than linear", () => {
  const text = `${"a-".repeat(500_000)} ${"x ".repeat(200_000)}`;
  const begun = performance.now();
  isLike([`${text}1`, `${text}2 3`], [text]);
  isLike([`${text}1`, `${text}2`], [text]);
  expect(performance.now() - begun).toBeLessThan(3_000);
});
