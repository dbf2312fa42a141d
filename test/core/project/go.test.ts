import { describe, expect, test } from "vitest";
import { matchesPattern } from "../../../server/src/core/model/paths";
import { isStandardPackage, readGoModule, readGoSource } from "../../../server/src/core/project/go";

describe("go.mod", () => {
  test("module and requirements, in blocks and alone, comments aside", () => {
    const text =
      'module "example.com/a" // x\n\ngo 1.26\n\nrequire github.com/b/c v1.0.0\nrequire (\n\tgithub.com/d/e/v2 v2.0.0 // indirect\n\t// github.com/not/this v1.0.0\n)\nreplace (\n\tgithub.com/f/g => ../g\n)\n';
    expect(readGoModule(text)).toEqual({ path: "example.com/a", requires: ["github.com/b/c", "github.com/d/e/v2"] });
  });
  test("what names no module is none", () => {
    expect(readGoModule("go 1.26\n")).toBeUndefined();
  });
});

describe("Go files", () => {
  test.each<[string, string, readonly string[]]>([
    ["one by one", 'package a\nimport "fmt"\nimport x "net/http"\nfunc f() {}\n', ["fmt", "net/http"]],
    [
      "in a block, with comments",
      'package a // b\nimport (\n\t"fmt" // "os"\n\t/* "io" */ _ "embed"\n)\n',
      ["fmt", "embed"],
    ],
    ["as a raw string", "package a\nimport `fmt`\n", ["fmt"]],
    ["none in code", 'package a\nfunc f() { x := "import \\"os\\"" }\n', []],
    ["none in a literal over lines", 'package a\nvar x = `\nimport "os"\n`\n', []],
  ])("imports %s", (_name, text, imports) => {
    expect(readGoSource(text)?.imports).toEqual(imports);
  });

  test("a file without a package is none", () => {
    expect(readGoSource("#!/bin/sh\n")).toBeUndefined();
    expect(readGoSource("")).toBeUndefined();
  });

  test("hostile text is read in linear time", () => {
    const began = performance.now();
    for (const piece of ['"', "`", "/*", "//", "'", "import (", "\\", "import (a", "a", " "])
      readGoSource(`package a\n${piece.repeat(300_000)}`);
    expect(performance.now() - began).toBeLessThan(10_000);
  });
});

test.each([
  ["fmt", true],
  ["net/http", true],
  ["C", false],
  ["github.com/a/b", false],
])("%s is standard: %s", (path, expected) => {
  expect(isStandardPackage(path)).toBe(expected);
});

test.each([
  ["*.go", "main.go", true],
  ["*.go", "cmd/main.go", false],
  ["go.*", "go.mod", true],
  ["c?d/*", "cmd/x", true],
  ["*", "a", true],
  ["a*b*c", "aXbYc", true],
  ["a*b*c", "aXbY", false],
])("COPY %s takes %s: %s", (pattern, path, expected) => {
  expect(matchesPattern(pattern, path)).toBe(expected);
});
