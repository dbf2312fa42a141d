import { describe, expect, test } from "vitest";
import { Analysis, recipes } from "../../server/src/core";
import { projectOf } from "../kit/fixture";
import { CALCULATOR, CASES, caseOf, GO_MOD } from "./cases";

const FOLDER = projectOf(new Map([["calculator.go", CALCULATOR]]));
const split = recipes[0];
if (!split) throw new Error("no recipe");

/** What the rules that exist so far say of each case. */
const BOTH = ["bloated-base-image", "missing-build-stage"];
const FINDINGS: Readonly<Record<number, readonly string[]>> = {
  1: [...BOTH, "missing-go-module"],
  2: BOTH,
  3: BOTH,
  4: [...BOTH, "command-path-missing"],
  5: BOTH,
  7: ["unstripped-binary"],
  8: ["unstripped-binary"],
  9: ["missing-go-module"],
  10: ["copied-path-missing"],
  11: ["unstripped-binary"],
  12: ["unstripped-binary", "bloated-base-image"],
  13: ["unstripped-binary"],
};

describe.each([
  ["on text alone", undefined],
  ["with the calculator in the folder", FOLDER],
])("%s", (_name, project) => {
  test.each(CASES.map(({ number, dockerfile }) => [number, dockerfile] as const))("case %i", (number, dockerfile) => {
    expect(new Analysis(dockerfile, project).findings.map(({ rule }) => rule.id)).toEqual(FINDINGS[number] ?? []);
  });

  test.each([2, 3, 5].flatMap((number) => split.targets.map((target) => [number, target] as const)))(
    "case %i converts to %s",
    (number, target) => {
      expect(new Analysis(caseOf(number).dockerfile, project).answer(split, target).kind).toBe("offer");
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
    [6, /^No command in the shipped stage is known to build a program\.$/],
  ])("case %i is refused with a sentence that helps", (number, reason) => {
    for (const target of split.targets) {
      const answer = new Analysis(caseOf(number).dockerfile, project).answer(split, target);
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
