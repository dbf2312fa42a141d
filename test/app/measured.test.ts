import { expect, test } from "vitest";
import type { BuildReport } from "../../server/src/app/build";
import { Measured } from "../../server/src/app/measured";
import { Analysis, type Size, type Stage } from "../../server/src/core";

const size = (bytes: number): Size => ({ bytes, kind: "unpacked", source: "measured", platform: "linux/amd64" });

/** What a build of a file has shown, with the bytes of each line. */
function reportOf(bytes: readonly number[]): BuildReport {
  const layers = bytes.map((each, at) => ({ line: at + 1, instruction: "", size: size(each) }));
  const total = bytes.reduce((sum, each) => sum + each, 0);
  return { version: 1, image: "sha256:0", size: size(total), layers, seconds: 1 };
}

function finalOf(analysis: Analysis): Stage {
  return analysis.context.model.final ?? expect.fail("no stage");
}

const BUILT = "FROM busybox\nRUN one\nRUN two\n";

function measured(): Measured {
  const all = new Measured();
  const analysis = new Analysis(BUILT);
  all.remember("/a", analysis, finalOf(analysis), reportOf([100, 20, 3]));
  return all;
}

/** The image's figure and those of the lines, with `was` where they are stale. */
function shown(all: Measured, folder: string, text: string): readonly unknown[] {
  const analysis = new Analysis(text);
  const words = (each: { readonly size: Size; readonly stale: boolean } | undefined) =>
    each && `${each.stale ? "was " : ""}${each.size.bytes}`;
  return [
    words(all.image(folder, analysis, finalOf(analysis))),
    ...[...all.layers(folder, analysis).values()].map(words),
  ];
}

test.each<[string, string, readonly unknown[]]>([
  ["the same text", BUILT, ["123", "100", "20", "3"]],
  [
    "comments and blank lines make no other image",
    "# c\n\nFROM busybox\nRUN one\n# d\nRUN two\n",
    ["123", "100", "20", "3"],
  ],
  ["what stands below a change is stale", "FROM busybox\nRUN other\nRUN two\n", ["was 123", "100", "was 3"]],
  ["what stands above it is not", "FROM busybox\nRUN one\nRUN other\n", ["was 123", "100", "20"]],
  ["another base is another image", "FROM ubuntu\nRUN one\nRUN two\n", [undefined]],
])("%s", (_name, text, expected) => {
  expect(shown(measured(), "/a", text)).toEqual(expected);
});

test("the same text in another folder was not measured", () => {
  expect(shown(measured(), "/b", BUILT)).toEqual([undefined]);
});

test("a newer figure of the same text replaces the older, and a failed build says nothing", () => {
  const all = measured();
  const analysis = new Analysis(BUILT);
  all.remember("/a", analysis, finalOf(analysis), reportOf([100, 20, 4]));
  all.remember("/a", analysis, finalOf(analysis), { ...reportOf([]), image: null, size: { ...size(0), bytes: null } });
  expect(shown(all, "/a", BUILT)).toEqual(["124", "100", "20", "4"]);
});
