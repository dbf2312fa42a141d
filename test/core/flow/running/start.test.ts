import { describe, expect, test } from "vitest";
import { Analysis } from "../../../../server/src/core";

/** The start of the last stage of a file. */
function startOf(text: string) {
  const { context } = new Analysis(text);
  const stage = context.model.final;
  return stage && context.start(stage);
}

describe("what the engine executes", () => {
  test.each([
    ["exec form", 'FROM debian\nCMD ["a", "b"]\n', ["a", "b"]],
    ["shell form", "FROM debian\nCMD a b\n", ["/bin/sh", "-c", "a b"]],
    ["ENTRYPOINT and CMD", 'FROM debian\nENTRYPOINT ["a"]\nCMD ["b"]\n', ["a", "b"]],
    ["CMD in shell form behind ENTRYPOINT", 'FROM debian\nENTRYPOINT ["a"]\nCMD b c\n', ["a", "/bin/sh", "-c", "b c"]],
    ["ENTRYPOINT in shell form", 'FROM debian\nENTRYPOINT a $X\nCMD ["b"]\n', ["/bin/sh", "-c", "a $X", "b"]],
    ["the last of each", 'FROM debian\nCMD ["a"]\nENTRYPOINT ["b"]\nCMD ["c"]\nENTRYPOINT ["d"]\n', ["d", "c"]],
    ["a CMD of the same stage stays", 'FROM debian\nCMD ["a"]\nENTRYPOINT ["b"]\n', ["b", "a"]],
    ["an inherited CMD goes", 'FROM debian AS x\nCMD ["a"]\nFROM x\nENTRYPOINT ["b"]\n', ["b"]],
    ["an inherited ENTRYPOINT stays", 'FROM debian AS x\nENTRYPOINT ["b"]\nFROM x\nCMD ["a"]\n', ["b", "a"]],
    ["CMD []", 'FROM debian\nENTRYPOINT ["b"]\nCMD []\n', ["b"]],
    ["ENTRYPOINT []", 'FROM nginx:1.29\nENTRYPOINT []\nCMD ["a"]\n', ["a"]],
    ["ENTRYPOINT [] alone", "FROM nginx:1.29\nENTRYPOINT []\n", []],
    [
      "the base's ENTRYPOINT",
      'FROM gcr.io/distroless/java21-debian13\nCMD ["a.jar"]\n',
      ["/usr/bin/java", "-jar", "a.jar"],
    ],
    ["a shell as ENTRYPOINT", 'FROM gcr.io/distroless/static-debian13:debug\nCMD ["/a"]\n', ["/busybox/sh", "/a"]],
    ["a base that nobody knows", 'FROM example.com/x\nCMD ["a"]\n', undefined],
    ["its ENTRYPOINT is replaced", 'FROM example.com/x\nENTRYPOINT ["a"]\n', ["a"]],
    ["SHELL", 'FROM debian\nSHELL ["/bin/bash", "-c"]\nCMD a\n', ["/bin/bash", "-c", "a"]],
    ["SHELL behind it", 'FROM debian\nCMD a\nSHELL ["/bin/bash", "-c"]\n', ["/bin/sh", "-c", "a"]],
    ["SHELL of the stage below", 'FROM debian AS x\nSHELL ["bash", "-c"]\nFROM x\nCMD a\n', ["bash", "-c", "a"]],
    ["Windows without SHELL", "FROM mcr.microsoft.com/windows/nanoserver:ltsc2022\nENTRYPOINT a\n", undefined],
  ])("%s", (_, text, expected) => {
    expect(startOf(text)?.process).toEqual(expected);
  });

  test("nothing, where the file sets nothing", () => {
    expect(startOf("FROM debian\n")).toBeUndefined();
  });
});

describe("the words of the program", () => {
  test.each([
    ["shell form", "FROM debian\nCMD exec ./a b\n", ["./a", "b"]],
    ["a shell written out", 'FROM debian\nCMD ["sh", "-c", "./a b"]\n', ["./a", "b"]],
    ["a shell of options", 'FROM debian\nSHELL ["/bin/bash", "-euo", "pipefail", "-c"]\nCMD ./a\n', ["./a"]],
    ["a login shell", 'FROM debian\nSHELL ["/bin/bash", "-lc"]\nCMD ./a\n', undefined],
    ["another shell", 'FROM debian\nSHELL ["pwsh", "-Command"]\nCMD ./a\n', undefined],
    ["an empty ENTRYPOINT", "FROM debian\nENTRYPOINT []\nCMD ./a\n", ["./a"]],
    ["an empty CMD", "FROM debian\nENTRYPOINT ./a\nCMD []\n", ["./a"]],
  ])("%s", (_, text, expected) => {
    expect(startOf(text)?.argv).toEqual(expected);
  });

  test("the shell of the start, and why it cannot be left out", () => {
    const start = startOf('FROM debian\nSHELL ["pwsh", "-Command"]\nCMD ./a\n');
    expect(start?.shell).toEqual(["pwsh", "-Command"]);
    expect(start?.why).toBe("CMD is run by `pwsh -Command`, which may do more than start a program.");
    expect(startOf('FROM debian\nCMD ["./a"]\n')?.shell).toBeUndefined();
  });

  test("what the base's ENTRYPOINT adds", () => {
    expect(startOf('FROM debian\nCMD ["a"]\n')?.inherited).toEqual([]);
    expect(startOf('FROM example.com/x\nCMD ["a"]\n')?.inherited).toBeUndefined();
    expect(startOf('FROM gcr.io/distroless/python3-debian13\nCMD ["a"]\n')?.inherited).toEqual(["/usr/bin/python3.13"]);
  });
});
