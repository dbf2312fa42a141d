import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

/** A pattern that stands as a literal where an expression may begin. */
const LITERAL =
  /(?<=(?:[(,=:[!&|?]|\breturn|=>)\s*)\/(?![*/])((?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+)\/([dgimsuvy]*)/g;

const root = join(import.meta.dirname, "../server/src");
const patterns = readdirSync(root, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts"))
  .flatMap((file) => {
    const code = readFileSync(join(root, file), "utf8").replace(/^[ \t]*\/?\*.*$|^[ \t]*\/\/.*$/gm, "");
    return [...code.matchAll(LITERAL)].flatMap(([, source = "", flags]) => {
      const pattern = patternOf(source, flags);
      return pattern ? { file, pattern } : [];
    });
  });

/** Undefined for what only looks like one: a part of a template. */
function patternOf(source: string, flags: string | undefined): RegExp | undefined {
  try {
    return new RegExp(source, flags);
  } catch {
    return undefined;
  }
}

/** What a pattern is made of: its characters, one of each class, and the words in it. */
function piecesOf(source: string): readonly string[] {
  const classes: Readonly<Record<string, string>> = {
    s: " ",
    S: "a",
    d: "1",
    w: "a",
    W: " ",
    D: "a",
    n: "\n",
    t: "\t",
    r: "\r",
  };
  const plain = source
    .replace(/\(\?<?[=!:]|\\[bBp]/g, "|")
    .replace(/\\(.)/g, (_, each: string) => classes[each] ?? each);
  const words = plain.match(/[\w \-=:/"'.@#]{2,30}/g) ?? [];
  return [...new Set([..."a1 \n", ...plain, ...words])].slice(0, 24);
}

/** Texts of so many characters that go on in one way, behind any beginning. */
function* textsOf(source: string): Generator<(length: number) => string> {
  const pieces = piecesOf(source);
  const long = (piece: string) => (length: number) => piece.repeat(Math.ceil(length / piece.length));
  for (const one of pieces) {
    yield long(one);
    for (const other of pieces) {
      if (one === other) continue;
      yield* [long(one + other), (length) => one + long(other)(length), (length) => long(one)(length) + other];
    }
  }
}

/** Milliseconds that a pattern takes for a text, the best of some. */
function cost(pattern: RegExp, text: string, rounds: number): number {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round++) {
    const began = performance.now();
    text.replace(pattern, "");
    best = Math.min(best, performance.now() - began);
  }
  return best;
}

/** Short enough for a test, long enough to tell a square from a line. Characters. */
const LENGTH = 2_000;
/** A line is looked over in less. Milliseconds. */
const QUICK = 0.5;

/** A text with which four times the length takes more than ten times as long. */
function slowText(pattern: RegExp): string | undefined {
  for (const textOf of textsOf(pattern.source)) {
    const [text, longer] = [textOf(LENGTH), textOf(4 * LENGTH)];
    if (cost(pattern, text, 1) < QUICK || cost(pattern, text, 3) < QUICK) continue;
    if (cost(pattern, longer, 3) > 10 * cost(pattern, text, 5)) return text.slice(0, 40);
  }
  return undefined;
}

/** Texts of a length that is bounded before, for a reason that stands there. */
const BOUNDED = ["core/project/make-goals.ts"];

test("no pattern takes more than its text is long", () => {
  expect(patterns.length).toBeGreaterThan(700);
  const slow = patterns.flatMap(({ file, pattern }) => {
    const text = BOUNDED.includes(file) ? undefined : slowText(pattern);
    return text === undefined ? [] : [`${file}: ${pattern} on ${JSON.stringify(text)}`];
  });
  expect(slow).toEqual([]);
});
