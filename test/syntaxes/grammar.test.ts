import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { expect, test } from "vitest";

/** What this test uses of vscode-tmgrammar-test, which ships its library without an entry of its own. */
interface GrammarTests {
  createRegistry(grammars: readonly Grammar[]): Registry;
  parseGrammarTestCase(text: string): Case;
  runGrammarTestCase(registry: Registry, testCase: Case): Promise<readonly Failure[]>;
}
interface Registry {
  loadGrammar(
    scopeName: string,
  ): Promise<{ tokenizeLine(line: string, state: null): { readonly stoppedEarly: boolean } }>;
}
interface Case {
  readonly source: readonly string[];
  readonly assertions: readonly unknown[];
}
interface Grammar {
  readonly scopeName: string;
  readonly path: string;
  readonly injectTo?: readonly string[];
}
interface Failure {
  readonly srcLine: number;
  readonly start: number;
  readonly missing: readonly string[];
  readonly unexpected: readonly string[];
  readonly actual: readonly string[];
}

const root = join(import.meta.dirname, "../..");
const cases = join(import.meta.dirname, "cases");
const require = createRequire(import.meta.url);
const { createRegistry, parseGrammarTestCase, runGrammarTestCase } = {
  ...require("vscode-tmgrammar-test/dist/common/index.js"),
  ...require("vscode-tmgrammar-test/dist/unit/index.js"),
} as GrammarTests;

const { contributes } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  contributes: { grammars: readonly Grammar[] };
};
const base = (name: string, scopeName: string): Grammar => ({
  scopeName,
  path: join(root, "node_modules/tm-grammars/grammars", `${name}.json`),
});
const registry = createRegistry([
  base("docker", "source.dockerfile"),
  base("shellscript", "source.shell"),
  ...contributes.grammars.map((grammar) => ({ ...grammar, path: join(root, grammar.path) })),
]);

test.for(readdirSync(cases))("%s is coloured as it says", async (name) => {
  const parsed = parseGrammarTestCase(readFileSync(join(cases, name), "utf8"));
  expect(parsed.assertions.length).toBeGreaterThan(2);
  const failures = await runGrammarTestCase(registry, parsed);
  expect(
    failures.map(({ srcLine, start, missing, unexpected, actual }) => {
      const where = `${parsed.source[srcLine] ?? ""}: column ${start}`;
      return `${where}: missing ${missing.join(" ")}, unexpected ${unexpected.join(" ")}, has ${actual.join(" ")}`;
    }),
  ).toEqual([]);
});

/** VS Code colours no line of more than 20,000 characters. */
const SHORT = 1000;
/** A line of four times the length takes four times as long; sixteen times would be quadratic. */
const FACTOR = 9;

test.for([
  ["directive", "# syntax", " ", "x"],
  ["pragma", "# ballast ignore=", "a,", ""],
  ["global pragma", "# ballast ", "global ", ""],
  ["flags", "COPY ", " --a=b", ""],
  ["flags without an end", "RUN ", "--a ", ""],
  ["heredoc's name", "RUN <<", "E", "'"],
  ["heredoc's program", "RUN <<E ", "bash ", ""],
  ["escapes", "RUN a ", "\\ ", ""],
] as const)("a long line with %s is coloured in linear time", async ([, before, part, after]) => {
  const grammar = await registry.loadGrammar("source.dockerfile");
  const milliseconds = (times: number) => {
    const line = `${before}${part.repeat(times)}${after}`;
    // The processor's time, for the clock also counts what others do meanwhile.
    const began = process.cpuUsage();
    expect(grammar.tokenizeLine(line, null).stoppedEarly).toBe(false);
    return process.cpuUsage(began).user / 1000;
  };
  // The first ones are slower: the engine is compiled beside them.
  const best = (times: number) => Math.min(...Array.from({ length: 10 }, () => milliseconds(times)));
  // Below some milliseconds it is the clock that is measured.
  expect(best(4 * SHORT)).toBeLessThan(FACTOR * Math.max(best(SHORT), 5));
});
