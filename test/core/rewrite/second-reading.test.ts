import { expect, test } from "vitest";
import { readsAlike } from "../../../server/src/core/rewrite/second-reading";
import { scan } from "../../../server/src/core/syntax/scan";
import { CASES } from "../../cases/cases";

test.each(CASES.map(({ number, dockerfile }) => [number, dockerfile] as const))(
  "another parser reads case %i as we do",
  (_number, dockerfile) => {
    expect(readsAlike(scan(dockerfile))).toBe(true);
    expect(readsAlike(scan(dockerfile.replaceAll("\n", "\r\n")))).toBe(true);
  },
);

test("what another parser reads in another way is told", () => {
  // BuildKit begins an instruction where its first word stands; the other one at the backslash above.
  expect(readsAlike(scan("FROM a\n\\\nENV A=b\n"))).toBe(false);
});

test("a file that takes too long to read twice is not", () => {
  expect(readsAlike(scan(`FROM a\n${"RUN echo\n".repeat(20_000)}`))).toBeUndefined();
});
