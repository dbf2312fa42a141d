import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { CALCULATOR, caseOf } from "../cases/cases";
import { VARIANTS, type Variant } from "../cases/variants";
import { describeOnEngine } from "../kit/engine";

/** What is typed into the calculator, and what it has to answer: both versions alike, and both this. */
const INPUT = "2 * 3\n10 / 4\n1 / 0\nx + 1\nexit\n";
const ANSWER = 'Result: 6\nResult: 2.5\nError: division by zero\nError: "x" is not a number\n';

interface Comparison {
  readonly before: { readonly bytes: number };
  readonly after: { readonly bytes: number };
  readonly ratio: number;
  readonly behaviour: {
    readonly same: boolean | null;
    readonly checks: readonly {
      readonly name: string;
      readonly before: string;
      readonly after: string;
      readonly same: boolean;
    }[];
  };
}

const folder = mkdtempSync(join(tmpdir(), "ballast-conversions-"));
afterAll(() => rmSync(folder, { recursive: true }));

function writeVariant({ name, dockerfile, files }: Variant): string {
  const context = join(folder, name.replace(/\W+/g, "-"));
  for (const [path, text] of Object.entries({ ...files, Dockerfile: dockerfile })) {
    mkdirSync(dirname(join(context, path)), { recursive: true });
    writeFileSync(join(context, path), text);
  }
  writeFileSync(`${context}.input`, INPUT);
  return context;
}

/** Converts, builds and runs a variant through the command line, as a user would. */
function compare(variant: Variant, target: string): Comparison {
  const context = writeVariant(variant);
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [
      "dist/cli.js",
      "compare",
      join(context, "Dockerfile"),
      "--target",
      target,
      "--stdin",
      `${context}.input`,
      "--format",
      "json",
    ],
    {
      encoding: "utf8",
      maxBuffer: 1 << 26,
    },
  );
  expect(status, stderr.slice(-2000)).toBe(0);
  return JSON.parse(stdout) as Comparison;
}

const CASES: readonly Variant[] = [2, 3, 5].map((number) => ({
  name: `case ${number}`,
  dockerfile: caseOf(number).dockerfile,
  files: { "calculator.go": CALCULATOR },
}));

await describeOnEngine("converted, built, run and compared on the engine", () => {
  for (const variant of [...CASES, ...VARIANTS]) {
    for (const target of ["distroless", "scratch"]) {
      test(`${variant.name} to ${target}`, { timeout: 600_000 }, () => {
        const { behaviour, ratio, before, after } = compare(variant, target);
        const output = behaviour.checks.find(({ name }) => name === "standard output");
        expect([output?.before, output?.after, behaviour.same]).toEqual([ANSWER, ANSWER, true]);
        expect(ratio).toBe(before.bytes / after.bytes);
        expect(after.bytes).toBeLessThan(5_000_000);
      });
    }
  }

  test("what compare makes is gone afterwards", () => {
    const left = (...args: string[]) =>
      execFileSync("docker", [...args, "--filter", "label=ballast.compare", "-q"], { encoding: "utf8" });
    expect(left("ps", "-a")).toBe("");
    expect(left("images", "-a")).toBe("");
  });
});
