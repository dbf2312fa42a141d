import { expect, it } from "vitest";
import type { CompareReport, ImageReport } from "../../server/src/app/compare";
import { figuresOf } from "../../server/src/app/figures";
import { comparisonLines } from "../../server/src/cli/reporters/comparison";

const before: ImageReport = {
  image: "sha256:1",
  bytes: 929_000_000,
  packages: 207,
  executables: 792,
  setuid: 9,
  shell: true,
  user: "root",
  startUp: { milliseconds: 312, until: "port" },
};
const nothing: ImageReport = {
  image: "sha256:2",
  bytes: null,
  packages: null,
  executables: null,
  setuid: null,
  shell: null,
  user: null,
  startUp: null,
};
const after: ImageReport = {
  ...before,
  bytes: 8_140_000,
  packages: 0,
  executables: 1,
  setuid: 0,
  shell: false,
  user: "65532",
  startUp: { milliseconds: 12_300, until: "exit" },
};
const report: CompareReport = {
  version: 1,
  before,
  after,
  ratio: 114.1,
  behaviour: { same: true, checks: [{ name: "GET /", before: "200\nhello", after: "200\nhello", same: true }] },
  inside: [{ name: "started program", before: "/a\x1b[31m", after: "/a\x1b[31m", same: true }],
};

it("sets the figures of two images side by side, and never makes 0 of what is unknown", () => {
  expect(figuresOf({ before, after: nothing }).map((row) => Object.values(row))).toEqual([
    ["size", "929 MB", "unknown"],
    ["packages", "207", "unknown"],
    ["executables", "792", "unknown"],
    ["setuid files", "9", "unknown"],
    ["shell", "yes", "unknown"],
    ["user", "root", "unknown"],
    ["start-up", "312 ms until its port was open", "unknown"],
  ]);
  expect(figuresOf({ before, after }).at(-1)?.after).toBe("12.3 s until it ended");
});

it("is a table in the terminal, without control characters of the images", () => {
  expect(comparisonLines(report)).toEqual([
    "              before                          after",
    "size          929 MB                          8.14 MB (114 times smaller)",
    "packages      207                             0",
    "executables   792                             1",
    "setuid files  9                               0",
    "shell         yes                             no",
    "user          root                            65532",
    "start-up      312 ms until its port was open  12.3 s until it ended",
    "",
    "They did the same.",
    '  same: GET /: "200\\nhello"',
    '  same: started program: "/a\\u001b[31m"',
  ]);
  const odd = { ...report, before: { ...before, user: "a\x1b[31m" } };
  expect(comparisonLines(odd)[6]).toMatch(/^user {10}a\uFFFD\[31m +65532$/);
  const different = {
    same: false,
    why: "They differ.",
    checks: [{ name: "x", before: null, after: "y", same: false }],
  };
  expect(comparisonLines({ ...report, ratio: null, behaviour: different, inside: null }).slice(9)).toEqual([
    "They did not do the same. They differ.",
    "  different: x",
    "    before ?",
    '    after  "y"',
  ]);
});
