import { describe, expect, test } from "vitest";
import { Analysis, NO_PROJECT, recipes } from "../../server/src/core";
import { projectOf } from "../kit/fixture";
import { CALCULATOR, CASES, caseOf, GO_MOD } from "./cases";

const FOLDER = projectOf(new Map([["calculator.go", CALCULATOR]]));
const split = recipes[0];
if (!split) throw new Error("no recipe");

/** The rows of the teaching cases: what is found at warning or above, then what is said more quietly. */
const BLOATED = ["bloated-base-image", "missing-build-stage"];
const APT = ["apt-lists-kept", "apt-recommends-installed"];
const UBUNTU = [...BLOATED, ...APT, "build-tools-shipped", "floating-tag"];
const ROWS: Readonly<Record<number, readonly [loud: readonly string[], quiet: readonly string[]]>> = {
  1: [[...BLOATED, "end-of-life-base", "missing-go-module"], ["root-user"]],
  2: [UBUNTU, ["root-user"]],
  3: [UBUNTU, ["root-user"]],
  4: [[...UBUNTU, "command-path-missing"], ["root-user"]],
  5: [UBUNTU, ["root-user"]],
  6: [APT, ["root-user"]],
  7: [[], ["floating-tag", "root-user", "unstripped-binary"]],
  8: [["end-of-life-base"], ["root-user", "unstripped-binary"]],
  9: [["missing-go-module"], ["root-user"]],
  10: [["copied-path-missing"], ["root-user"]],
  11: [[], ["root-user", "unstripped-binary"]],
  12: [
    ["bloated-base-image", "floating-tag"],
    ["root-user", "unstripped-binary"],
  ],
  13: [[], ["floating-tag", "root-user", "unstripped-binary"]],
  14: [[], ["floating-tag", "root-user"]],
  15: [["unknown-image"], ["root-user"]],
  16: [["unknown-image"], ["root-user"]],
  17: [["end-of-life-base"], ["root-user"]],
  18: [["unknown-image"], []],
  19: [["end-of-life-base"], ["root-user"]],
};
const TODAY = { today: "2026-11-21" };

describe.each([
  ["on text alone", { ...NO_PROJECT, ...TODAY }],
  ["with the calculator in the folder", { ...FOLDER, ...TODAY }],
])("%s", (_name, project) => {
  test.each(CASES.map(({ number, dockerfile }) => [number, dockerfile] as const))("case %i", (number, dockerfile) => {
    const { findings } = new Analysis(dockerfile, project);
    const named = (loud: boolean) =>
      findings
        .filter(({ severity }) => (severity === "error" || severity === "warning") === loud)
        .map(({ rule }) => rule.id)
        .sort();
    const [loud = [], quiet = []] = ROWS[number] ?? [];
    expect([named(true), named(false)]).toEqual([[...loud].sort(), [...quiet].sort()]);
  });

  test.each([2, 3, 5].flatMap((number) => ["distroless", "scratch"].map((target) => [number, target] as const)))(
    "case %i converts to %s",
    (number, target) => {
      const analysis = new Analysis(caseOf(number).dockerfile, project);
      expect(split.targetsFor(analysis.context)).toContain(target);
      expect(analysis.answer(split, target).kind).toBe("offer");
    },
  );

  test.each([
    [
      1,
      /^Its own build fails as it stands: no go\.mod is copied into \/app, and since Go 1\.16 `go build \.` refuses to build without one\. Copy go\.mod, or name the file to build\.$/,
    ],
    [
      4,
      /^The image starts \/app\/calculator, but the build makes \/calculator: no step is seen to put the program where it is started\.$/,
    ],
    [
      6,
      /^The image starts a shell for whoever runs it, who wants its tools: there is no program that could ship alone\.$/,
    ],
  ])("case %i is refused with a sentence that helps", (number, reason) => {
    const analysis = new Analysis(caseOf(number).dockerfile, project);
    for (const target of split.targetsFor(analysis.context)) {
      const answer = analysis.answer(split, target);
      expect(answer.kind === "refusal" && answer.reason).toMatch(reason);
    }
  });
});

test("case 1 converts once it builds", () => {
  const named = caseOf(1).dockerfile.replace("calculator .\nCMD", "calculator calculator.go\nCMD");
  const withModule = caseOf(1).dockerfile.replace("COPY calculator.go .", "COPY go.mod calculator.go ./");
  const folder = projectOf(
    new Map([
      ["calculator.go", CALCULATOR],
      ["go.mod", GO_MOD],
    ]),
  );
  expect([named, withModule].map((text) => new Analysis(text, folder).answer(split, "distroless").kind)).toEqual([
    "offer",
    "offer",
  ]);
});
