import { expect, test } from "vitest";
import { UNKNOWN_VALUE } from "../../../server/src/core/project/make-expansion";
import { goalLines } from "../../../server/src/core/project/make-goals";
import { readMakefile } from "../../../server/src/core/project/makefile";

/** What `make GOALS` hands to the shell, or why that is not known. */
function lines(text: string, goals: readonly string[] = [], given: Readonly<Record<string, string>> = {}): unknown {
  const makefile = readMakefile(text);
  if ("unknown" in makefile) return makefile.unknown;
  const found = goalLines(makefile.known, {
    goals,
    given: new Map(Object.entries(given)),
    environment: (name) => (name === "HOME" ? "/root" : undefined),
    exists: (path) => path === "main.go" || path === "dist",
  });
  return "known" in found ? found.known : found.unknown;
}

test.each<[string, string, readonly string[], unknown]>([
  ["the first target", "all:\n\techo a\nother:\n\techo b\n", [], ["echo a"]],
  ["a target by its name", "all:\n\techo a\nother:\n\techo b\n", ["other"], ["echo b"]],
  ["the default goal", ".DEFAULT_GOAL := other\nall:\n\techo a\nother:\n\techo b\n", [], ["echo b"]],
  [
    "prerequisites first, each once",
    "all: a b\na: c\n\techo a\nb: c\n\techo b\nc:\n\techo c\n",
    [],
    ["echo c", "echo a", "echo b"],
  ],
  ["variables", "N := a\nM = $(N)b\nall:\n\techo $(M) ${N} $$x\n", [], ["echo ab a $x"]],
  ["defaults, additions", "N ?= a\nN += b\nall:\n\techo $(N)\n", [], ["echo a b"]],
  ["automatic variables", "bin: main.go\n\tbuild -o $@ $< $^\n", [], ["build -o bin main.go main.go"]],
  ["the environment", "all:\n\techo $(HOME) $(OTHER)\n", [], [`echo /root ${UNKNOWN_VALUE}`]],
  ["a function", "all:\n\techo $(shell git describe)\n", [], [`echo ${UNKNOWN_VALUE}`]],
  ["a line that goes on", "all:\n\techo a \\\n\t  b\n", [], ["echo a  b"]],
  ["comments, phony targets, help", ".PHONY: all\nall: ## builds all\n\techo a # b\n", [], ["echo a # b"]],
  ["CRLF", "A := b\r\nall:\r\n\techo $(A)\r\n", [], ["echo b"]],
  ["itself", "a: a\n\techo a\n", [], ["echo a"]],
  ["a variable of itself", "A = $(A)\nall:\n\techo $(A)\n", [], [`echo ${UNKNOWN_VALUE}`]],
  ["what is there already", "dist:\n\techo a\n", [], "dist is there already, so that make may do nothing"],
  ["an unknown prerequisite", "all: x.o\n\techo a\n", [], "what makes x.o is not seen"],
  ["an unknown target", "all:\n\techo a\n", ["b"], "it has no target b"],
  ["nothing", "A := b\n", [], "it has no targets"],
  ["conditions", "ifdef A\nall:\n\techo a\nendif\n", [], "it has conditions"],
  ["variables of a target", "all: A := b\n\techo a\n", [], "all has variables of its own"],
  ["another language", "FROM x\n", [], "the line `FROM x` is not understood"],
])("%s", (_name, text, goals, expected) => {
  expect(lines(text, goals)).toEqual(expected);
});

test("what the command line gives goes before the Makefile", () => {
  expect(lines("A := b\nall:\n\techo $(A)\n", [], { A: "c" })).toEqual(["echo c"]);
});

test("hostile text is read in linear time", () => {
  const began = performance.now();
  for (const piece of ["a", "a:", "a ", "\\\n", "$(", "A = $(A)\n", "a: b\n", "\t", "export ", "=", "${"])
    lines(`A := b\nall:\n\techo ${piece.repeat(100_000)}\n${piece.repeat(100_000)}`);
  expect(performance.now() - began).toBeLessThan(10_000);
});

test("what multiplies is not followed to its end", () => {
  const double = Array.from({ length: 40 }, (_, at) => `A${at + 1} = $(A${at})$(A${at})\n`).join("");
  expect(lines(`A0 = a\n${double}all:\n\techo $(A40)\n`)).toEqual([UNKNOWN_VALUE]);
  expect(lines(`A = ${"a".repeat(4_000)}\nall:\n\techo $(A)$(A)\n`)).toEqual([UNKNOWN_VALUE]);
  expect(lines(`${"a ".repeat(1_000)}: ${"b ".repeat(1_000)}\n`)).toBe("it is too long");
  expect(lines(`all: ${"b ".repeat(300_000)}\n`)).toBe("it is too long");
  expect(lines(`all:\n${"\techo a\n".repeat(300)}`)).toBe("it has too many lines");
});
