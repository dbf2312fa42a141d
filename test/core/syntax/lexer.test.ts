import { describe, expect, test } from "vitest";
import { lex } from "../../../server/src/core/syntax/lexer";
import { BLANK, type Variable } from "../../../server/src/core/syntax/substitution";

const VALUES: Readonly<Record<string, Variable>> = { A: "1", BLANK, UNSET: null, PATH: "a/b/c" };

function read(text: string) {
  return lex(text, { escape: "\\", variable: (name) => VALUES[name] });
}

/** What BuildKit answers where everything is known stands in test/oracle; here is what it never meets: the unknown. */
describe("a value that is not known", () => {
  test.each([
    ["$WHO", true],
    ["${A:-$WHO}", false],
    ["${UNSET:-$WHO}", true],
    ["${A:+$WHO}", true],
    ["${UNSET+$WHO}", false],
    ["${BLANK:-x}", false],
    ["${BLANK-x}", true],
    ["${BLANK+x}", true],
    ["${BLANK?x}", true],
    ["a${BLANK}b", false],
    ["${WHO:?x}", true],
    ["${PATH#$WHO}", true],
    ["${PATH/b/$WHO}", true],
    ["${WHO#a}", true],
  ])("%s", (text, unknown) => {
    expect(read(text)).toMatchObject({ unknown });
  });
});

test.each([
  ["${WHO", "unsupported modifier (\uFFFD) in substitution"],
  ["${WHO:?no", "syntax error: missing '}'"],
  ["'$WHO", "unexpected end of statement while looking for matching single-quote"],
  ["${WHO#\\a}", "invalid pattern (\\a) in substitution: invalid escape '\\a'"],
  ["${BLANK:?no}", "BLANK: no"],
  ["${WHO:-${UNSET?no}}", "UNSET: no"],
])("%s is refused whatever the unknown is", (text, error) => {
  expect(read(text)).toEqual({ error });
});

test("what is too deep or too long is unknown, and takes no time", () => {
  expect(read("${A:-".repeat(30_000))).toMatchObject({ unknown: true });
  expect(read(`\${PATH//${"*a".repeat(5_000)}/x}`)).toMatchObject({ unknown: true });
  expect(read(`\${PATH%%${"?*".repeat(60)}}`)).toMatchObject({ unknown: false, value: "a/b/c" });
  expect(read(`${"<".repeat(30_000)}${"'".repeat(30_001)}`)).toHaveProperty("error");
});
