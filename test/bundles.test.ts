import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const DIST = join(import.meta.dirname, "../dist");

function bundle(name: string): string {
  return readFileSync(join(DIST, name), "utf8");
}

/** The files of dist that a bundle loads, at once or when they are first wanted. */
function loadedBy(name: string): readonly string[] {
  return [...bundle(name).matchAll(/\b(?:require|import)\("\.\/([\w-]+\.js)"\)/g)].map(([, file = ""]) => file);
}

test("the package has every file that its own load", () => {
  const lines = readFileSync(join(DIST, "../.vscodeignore"), "utf8").split("\n");
  const packed = lines.flatMap((line) => (line.startsWith("!dist/") ? [line.slice("!dist/".length)] : []));
  expect(packed).toContain("server.js");
  expect(packed.flatMap(loadedBy)).toEqual(expect.arrayContaining(["core.js", "toml.js", "unbash.js"]));
  expect(packed.flatMap(loadedBy).filter((file) => !packed.includes(file))).toEqual([]);
});

test("a bundle takes one byte a character", () => {
  // One letter beyond Latin-1, in a pattern or a template, makes the text of the whole file twice as large in memory.
  const written = readdirSync(DIST).filter((name) => /^(?:cli|core|server)\.js$/.test(name));
  expect(written).toHaveLength(3);
  expect(written.filter((name) => /[^\0-\xff]/.test(bundle(name)))).toEqual([]);
});
