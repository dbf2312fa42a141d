import { expect, test } from "vitest";
import { tokensOf } from "../../../server/src/core/project/javascript-tokens";

const read = (source: string) => tokensOf(source).map(({ kind, text }) => (kind === "string" ? `"${text}"` : text));

test("names, strings and signs; comments and patterns are left out", () => {
  expect(read(`// "no"\nconst a = require('b'); /* "no" */ call("c", /['"]/g);`)).toEqual([
    ...["const", "a", "=", "require", "(", '"b"', ")", ";"],
    ...["call", "(", '"c"', ",", "g", ")", ";"],
  ]);
});

test("a slash behind a value divides", () => {
  expect(read('a = b / 2; c = "/d"; e = (f) / g')).toContain('"/d"');
  expect(read('return /"/.test(x) + "y"')).toContain('"y"');
});

test("what stands in a template is read, its text where nothing does", () => {
  expect(read("a = `plain`")).toEqual(["a", "=", '"plain"']);
  expect(read('a = `x ${b("c", { d: `e` })} y`; f("g")')).toEqual([
    ...["a", "=", '"undefined"', "b", "(", '"c"', ",", "{", "d", ":", '"e"', "}", ")"],
    ...[";", "f", "(", '"g"', ")"],
  ]);
});

test("an apostrophe in JSX begins no string that goes beyond its line", () => {
  expect(read(`<p>Don't</p>\nload("x")`)).toContain('"x"');
});

test.each([
  ["quotes that do not close", `${"'\\".repeat(50_000)}`],
  ["patterns that do not close", "/[".repeat(50_000)],
  ["templates in templates", "`${".repeat(50_000)],
  ["a comment that does not close", `/*${" /*".repeat(50_000)}`],
])("%s take linear time", (_, source) => {
  const start = performance.now();
  tokensOf(source);
  expect(performance.now() - start).toBeLessThan(1_000);
});
