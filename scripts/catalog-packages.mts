/**
 * Reads Debian's own indexes, through apt, and writes catalog/packages/RELEASE.json for the packages of names.json there.
 * `npx tsx scripts/catalog-packages.mts [FOLDER]` needs apt, Debian's archive key and the network; then run scripts/catalog.mts.
 * A FOLDER keeps what was fetched for another time.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readIndexes } from "./debian/indexes.mjs";
import type { Names } from "./debian/kinds.mjs";
import { type Images, type Release, readRelease } from "./debian/release.mjs";

const RELEASES = ["bullseye", "bookworm", "trixie"];
const catalog = join(import.meta.dirname, "../catalog/packages");

const names = JSON.parse(readFileSync(join(catalog, "names.json"), "utf8")) as Names;
const images = JSON.parse(readFileSync(join(catalog, "images.json"), "utf8")) as Images;
const [, , kept] = process.argv;
const folder = kept ?? mkdtempSync(join(tmpdir(), "ballast-packages-"));
try {
  for (const index of await readIndexes(folder, RELEASES)) {
    const text = written(await readRelease(index, names, images));
    writeFileSync(join(catalog, `${index.release}.json`), text);
    console.log(`${index.release} of ${index.asOf}: ${text.length} bytes`);
  }
} finally {
  if (kept === undefined) rmSync(folder, { recursive: true, force: true });
}

/** With a line for each share and package, so that a change of one is one line of a diff. */
function written(release: Release): string {
  const fields = Object.entries(release).map(([key, value]) => `  ${JSON.stringify(key)}: ${lines(value)}`);
  return `{\n${fields.join(",\n")}\n}\n`;
}

function lines(value: unknown): string {
  if (Array.isArray(value)) return `[\n${value.map((each) => `    ${JSON.stringify(each)}`).join(",\n")}\n  ]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const rows = Object.entries(value).map(([key, row]) => `    ${JSON.stringify(key)}: ${JSON.stringify(row)}`);
  return `{\n${rows.join(",\n")}\n  }`;
}
