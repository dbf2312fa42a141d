import { expect, test } from "vitest";
import { Analysis, folds, type OutlineEntry, outline } from "../../../server/src/core";

/** `name (detail)`, indented as the tree is, with the text that each would go to. */
function tree(text: string): readonly string[] {
  const lines = ({ name, detail, head, children }: OutlineEntry, indent = ""): readonly string[] => [
    `${indent}${name} (${detail}) @ ${text.slice(head.start, head.end)}`,
    ...children.flatMap((child) => lines(child, `${indent}  `)),
  ];
  return outline(new Analysis(text).context.model).flatMap((each) => lines(each));
}

function foldsOf(text: string): readonly string[] {
  return folds(new Analysis(text).context.model).map(
    ({ startLine, endLine, kind }) => `${startLine}-${endLine} ${kind}`,
  );
}

test("stages hold their instructions, what stands before them stands beside them", () => {
  expect(
    tree('ARG V=1\nfrom golang:$V as Build\nENV A=1 B=2\nrun go build \\\n   -o /app .\nFROM scratch\nCMD ["/app"]\n'),
  ).toEqual([
    "V (ARG) @ V",
    "Build (golang:$V) @ Build",
    "  A, B (ENV) @ A",
    "  RUN (go build -o /app .) @ run",
    "scratch () @ scratch",
    '  CMD (["/app"]) @ CMD',
  ]);
});

test("a file that is being typed has an outline", () => {
  expect(tree("FROM")).toEqual(["FROM () @ FROM"]);
  expect(tree("RUN x\n")).toEqual(["RUN (x) @ RUN"]);
  expect(tree("FROM a AS\nENV\nARG =\nCOPY\n")).toEqual([
    "a () @ a",
    "  ENV () @ ENV",
    "  ARG (=) @ ARG",
    "  COPY () @ COPY",
  ]);
  expect(tree("\\")).toEqual(["? () @ "]);
  expect(tree("")).toEqual([]);
});

test("each entry lies in that above it, and its head in it", () => {
  const text = "FROM a AS x\nRUN <<E cat\nx\nE\nARG\\\n A=1\nFROM b\n";
  const check = (entries: readonly OutlineEntry[], start: number, end: number) => {
    for (const { span, head, children } of entries) {
      expect(span.start).toBeGreaterThanOrEqual(start);
      expect(span.end).toBeLessThanOrEqual(end);
      expect(head.start).toBeGreaterThanOrEqual(span.start);
      expect(head.end).toBeLessThanOrEqual(span.end);
      check(children, span.start, span.end);
    }
  };
  check(outline(new Analysis(text).context.model), 0, text.length);
});

test("what has several lines folds, with any line ending", () => {
  const text = [
    "# one",
    "# two",
    "",
    "# three",
    "FROM a",
    "RUN a \\",
    "  # four",
    "  # five",
    "  && b",
    "COPY <<A <<B /x/",
    "1",
    "A",
    "2",
    "B",
    "FROM b",
  ];
  const wanted = [
    "4-13 region",
    "5-8 region",
    "9-13 region",
    "10-11 region",
    "12-13 region",
    "0-1 comment",
    "6-7 comment",
  ];
  expect(foldsOf(text.join("\n"))).toEqual(wanted);
  expect(foldsOf(`\uFEFF${text.join("\r\n")}\r\n`)).toEqual(wanted);
});

test("there is nothing to fold in lines of their own", () => {
  expect(foldsOf("FROM a\n")).toEqual([]);
  expect(foldsOf("# one\n\n# two\nFROM a\nFROM b")).toEqual([]);
});
