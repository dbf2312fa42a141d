import { describe, expect, test } from "vitest";
import { expandWord } from "../../../server/src/core/model/expand";
import { imageSettings } from "../../../server/src/core/model/image-config";
import { buildModel, type Model } from "../../../server/src/core/model/model";
import { posix } from "../../../server/src/core/model/paths";
import { instructionOfStep, matchHistory } from "../../../server/src/core/model/steps";
import { scan } from "../../../server/src/core/syntax/scan";

function model(text: string): Model {
  return buildModel(scan(text), () => ({ workdir: "/base", user: "" }));
}

describe("expandWord", () => {
  const values: Readonly<Record<string, string>> = { A: "1", EMPTY: "" };
  test.each([
    ["$A", "1"],
    ["${A}b", "1b"],
    ['"$A c"', "1 c"],
    ["'$A'", "$A"],
    ["\\$A", "$A"],
    ["${EMPTY:-x}", "x"],
    ["${A:-x}", "1"],
    ["${A:+y}", "y"],
    ["${EMPTY:+y}", ""],
    ["${EMPTY:-${A}}", "1"],
    ["$UNKNOWN", undefined],
    ["${A:-$UNKNOWN}", "1"],
    ["${A#x}", "1"],
    ["${A%1}b", "b"],
    ["${A/1/2}", "2"],
    ["${EMPTY-x}", undefined],
    ["${A-x}", "1"],
    ["a$", "a$"],
    ["${", undefined],
  ])("%s", (raw, expected) => {
    expect(expandWord(raw, (name) => values[name], "\\")).toBe(expected);
  });

  test("deep nesting ends", () => {
    expect(expandWord("${A:-".repeat(30_000), () => "", "\\")).toBeUndefined();
  });
});

describe("stages", () => {
  test("names, bases and the last one", () => {
    const { stages, final } = model("ARG V=1\nFROM golang:$V AS Build\nFROM scratch\nFROM build AS b\nFROM b\n");
    expect(
      stages.map(({ base }) =>
        base.kind === "image" ? base.reference : base.kind === "stage" ? `stage ${base.stage.index}` : base.kind,
      ),
    ).toEqual(["golang:1", "scratch", "stage 0", "stage 2"]);
    expect(final?.index).toBe(3);
  });

  test("the later of ENV and ARG counts; on top of a stage its ENV does (as BuildKit's LABELs show)", () => {
    const { stages } = model(
      'FROM scratch AS a\nENV X=env\nARG X=arg\nARG A=1 B=$A-2\nENV "Q R"=x\nRUN x\nFROM a\nARG X\nRUN y\n',
    );
    const at = (stage: number, name: string, place: number) => stages[stage]?.scope.variable(name, place);
    expect(["X", "A", "B", "Q R", "U"].map((name) => at(0, name, 5))).toEqual(["arg", "1", "1-2", "x", null]);
    expect(["X", "A", "PATH"].map((name) => at(1, name, 0))).toEqual(["env", "1", expect.stringContaining("/usr/bin")]);
    expect(at(1, "X", 1)).toBeUndefined();
  });

  test("an ARG may be hidden by an ENV of the image it stands on", () => {
    const { stages } = model("FROM image AS a\nARG A=1\nENV E=2\nFROM a\nRUN x\n");
    expect(["A", "E"].map((name) => stages[1]?.scope.variable(name, 0))).toEqual([undefined, "2"]);
  });

  test("FROM sees what is declared, and knows what is not", () => {
    const { stages } = model(
      "ARG A=1 B\nARG A\nFROM x:$A\nFROM x:${U-2}\nFROM x:${B-3}\nFROM x:${TARGETARCH-4}\nFROM x:${E:-5}\n",
    );
    expect(stages.map(({ base }) => (base.kind === "image" ? base.reference : base.kind))).toEqual([
      "x:1",
      "x:2",
      "unknown",
      "unknown",
      "x:5",
    ]);
  });

  test("a base that a variable hides is unknown", () => {
    expect(model("ARG V\nFROM golang:$V\n").stages[0]?.base.kind).toBe("unknown");
  });

  test("folder, user and variables at each instruction, and through FROM stage", () => {
    const { stages } = model("FROM a AS b\nWORKDIR x\nENV P=/opt\nWORKDIR $P\nUSER me\nFROM b\nWORKDIR y\n");
    expect([0, 1, 2, 3].map((at) => stages[0]?.scope.workdir(at))).toEqual(["/base", "/base/x", "/base/x", "/opt"]);
    expect(stages[1]?.scope.workdir(1)).toBe("/opt/y");
    expect(stages[1]?.scope.user(0)).toBe("me");
    expect(stages[1]?.scope.variable("P", 0)).toBe("/opt");
  });

  test("ARG takes the global default by its name alone", () => {
    const { stages } = model("ARG V=1\nFROM a\nRUN x\nARG V\nARG W=2\n");
    expect([
      stages[0]?.scope.variable("V", 0),
      stages[0]?.scope.variable("V", 3),
      stages[0]?.scope.variable("W", 3),
    ]).toEqual([undefined, "1", "2"]);
  });

  test("the settings of an image: the last one counts, ENTRYPOINT resets an inherited CMD", () => {
    const { final, ...rest } = model(
      'FROM a AS b\nCMD x\nENV A=1 B=2\nENV A=3\nEXPOSE 80 90\nFROM b\nENTRYPOINT ["e"]\n',
    );
    const settings = final && imageSettings({ final, ...rest }, final);
    expect([...(settings?.values() ?? [])].map(({ key, name, value }) => [key, name, value].join(" ").trim())).toEqual([
      "ENV B 2",
      "ENV A 3",
      "EXPOSE 80",
      "EXPOSE 90",
      'ENTRYPOINT  ["e"]',
    ]);
  });
});

describe("steps of a builder", () => {
  const text =
    "ARG V=1\nFROM a AS Build\nENV X=1\nRUN same\nRUN same\nFROM scratch\nCOPY --from=build /a /b\nWORKDIR /c\n";
  const textOf = (step: Parameters<typeof instructionOfStep>[1]) => {
    const instruction = instructionOfStep(model(text), step);
    return instruction && `${instruction.keyword} in line ${text.slice(0, instruction.span.start).split("\n").length}`;
  };
  test.each([
    [{ builder: "buildkit", stage: "build", index: 1 }, "FROM in line 2"],
    [{ builder: "buildkit", stage: "build", index: 2 }, "RUN in line 4"],
    [{ builder: "buildkit", stage: "build", index: 3 }, "RUN in line 5"],
    [{ builder: "buildkit", stage: "stage-1", index: 1 }, "COPY in line 7"],
    [{ builder: "buildkit", stage: "stage-1", index: 2 }, "WORKDIR in line 8"],
    [{ builder: "buildkit", stage: "other", index: 1 }, undefined],
    [{ builder: "classic", index: 4 }, "RUN in line 4"],
    [{ builder: "classic", index: 5 }, "RUN in line 5"],
    [{ builder: "classic", index: 99 }, undefined],
  ] as const)("%j", (step, expected) => {
    expect(textOf(step)).toBe(expected);
  });

  test("history is matched from its end, and not at all where it disagrees", () => {
    const { final } = model('FROM a\nENV X=1\nRUN x\nCMD ["y"]\n');
    const entry = (createdBy: string) => ({ createdBy });
    const buildkit = [entry("base"), entry("ENV X=1"), entry("RUN /bin/sh -c x # buildkit"), entry('CMD ["y"]')];
    const classic = [
      entry("base"),
      entry("/bin/sh -c #(nop)  ENV X=1"),
      entry("/bin/sh -c x"),
      entry('/bin/sh -c #(nop)  CMD ["y"]'),
    ];
    expect(final && matchHistory(final, buildkit)?.own.map(({ instruction }) => instruction.keyword)).toEqual([
      "ENV",
      "RUN",
      "CMD",
    ]);
    expect(final && matchHistory(final, classic)?.base).toHaveLength(1);
    expect(final && matchHistory(final, [...classic].reverse())).toBeUndefined();
    expect(final && matchHistory(final, [])).toBeUndefined();
  });
});

test.each([
  ["/a/./b//c/", "/a/b/c"],
  ["/a/../..", "/"],
  [".", "."],
  ["a/..", "."],
])("normalize %s", (path, expected) => {
  expect(posix.normalize(path)).toBe(expected);
});

test("ARG declares several, with and without a default", () => {
  const [stage] = model('FROM x\nARG A B="c d" E=f\nRUN true').stages;
  const values = ["A", "B", "E"].map((name) => stage?.scope.variable(name, 2));
  expect(values).toEqual([undefined, "c d", "f"]);
});
