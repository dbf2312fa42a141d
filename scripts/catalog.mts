/**
 * Makes the compact tables in server/src/core/catalog from the rows in catalog/ (see catalog/README.md).
 * `npx tsx scripts/catalog.mts` writes them; with `--check` it writes nothing and exits 1 where one is stale.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { contentsTable } from "./catalog-contents.mjs";
import { goTables } from "./catalog-go.mjs";
import { imageTables } from "./catalog-images.mjs";
import { packagesTable } from "./catalog-package-table.mjs";
import { programsTable } from "./catalog-programs.mjs";
import { usersTable } from "./catalog-users.mjs";

const root = join(import.meta.dirname, "..");
const TARGET = "server/src/core/catalog";

/** The content of a file of catalog/, which the tests hold to its shape. */
function read<T>(path: string): T {
  return JSON.parse(readFileSync(join(root, "catalog", path), "utf8")) as T;
}

/** The files of a folder of catalog/, by name: what is made from them does not depend on the file system. */
function list(folder: string): readonly string[] {
  const names = readdirSync(join(root, "catalog", folder));
  return names
    .filter((name) => name.endsWith(".json"))
    .sort()
    .map((name) => `${folder}/${name}`);
}

const generated = [
  { path: `${TARGET}/data.ts`, text: imageTables(read, list) },
  { path: `${TARGET}/contents-data.ts`, text: contentsTable(read) },
  { path: `${TARGET}/go-data.ts`, text: goTables(read) },
  { path: `${TARGET}/apt-programs-data.ts`, text: programsTable(read, "apt") },
  { path: `${TARGET}/apk-programs-data.ts`, text: programsTable(read, "apk") },
  { path: `${TARGET}/packages-data.ts`, text: packagesTable(read, list) },
  { path: `${TARGET}/users-data.ts`, text: usersTable(read) },
];

const stale = generated.filter(({ path, text }) => {
  const file = join(root, path);
  return !existsSync(file) || readFileSync(file, "utf8") !== text;
});

if (process.argv.includes("--check")) {
  if (stale.length > 0) {
    console.error(`Stale: ${stale.map(({ path }) => path).join(", ")}. Run: npx tsx scripts/catalog.mts`);
    process.exitCode = 1;
  }
} else {
  for (const { path, text } of stale) writeFileSync(join(root, path), text);
  for (const { path, text } of generated) console.log(`${path}: ${Buffer.byteLength(text)} bytes`);
}
