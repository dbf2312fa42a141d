import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { findImage } from "../../../server/src/core/catalog/catalog";
import { parseReference } from "../../../server/src/core/catalog/reference";
import { catalogFiles, imageRows, ROOT, type Row } from "./rows";

const DATE = /^\d{4}(?:-\d\d(?:-\d\d)?)?$/;
const ROLES = ["sdk", "os", "runtime", "server", "distroless", "scratch"];

/** Every object of the catalog that states a fact with a size or a date, wherever it is. */
function statements(
  value: unknown,
  path: string,
): readonly { readonly path: string; readonly row: Readonly<Record<string, unknown>> }[] {
  if (Array.isArray(value)) return value.flatMap((each: unknown, at) => statements(each, `${path}[${at}]`));
  if (typeof value !== "object" || value === null) return [];
  const row = value as Readonly<Record<string, unknown>>;
  return [{ path, row }, ...Object.entries(row).flatMap(([key, each]) => statements(each, `${path}.${key}`))];
}

describe("the rows", () => {
  const rows = imageRows();

  test("are all there", () => {
    const count = (folder: string) => rows.filter(({ file }) => file.startsWith(folder)).length;
    expect(count("images/")).toBeGreaterThanOrEqual(973);
    expect(count("distroless/current")).toBeGreaterThanOrEqual(16);
    expect(count("distroless/removed")).toBeGreaterThanOrEqual(44);
    expect(count("alternatives/")).toBeGreaterThanOrEqual(236);
  });

  test("have a source and a date each", () => {
    const bare = rows.filter(
      ({ source, asOf }) => typeof source !== "string" || source.length < 8 || !DATE.test(asOf ?? ""),
    );
    expect(bare.map(({ file, name, tag }) => `${file}: ${name}:${tag}`)).toEqual([]);
  });

  test("of Go, of configurations and of names that never existed have them too", () => {
    const fact = /\.(?:config|rows|releases|packages|beside|sizes|aptLists)(?:\[\d+\])?$/;
    const facts = catalogFiles().flatMap(({ path, text }) =>
      statements(JSON.parse(text), path).filter((each) => fact.test(each.path)),
    );
    const needy = facts.filter(
      ({ path }) =>
        !(path.startsWith("go-packages.json.releases") && /releases\[\d+\]$/.test(path)) &&
        !path.startsWith("packages/"),
    );
    expect(needy.length).toBeGreaterThan(100);
    expect(
      needy.filter(({ row }) => typeof row.source !== "string" || !DATE.test(String(row.asOf))).map(({ path }) => path),
    ).toEqual([]);
  });

  test("of packages have them once for a release, and once for an image's packages", () => {
    const files = catalogFiles().filter(({ path }) => path.startsWith("packages/"));
    const sets = files.flatMap(({ path, text }): readonly (readonly [string, Partial<Row>])[] => {
      const { lists, ...set } = JSON.parse(text) as Partial<Row> & { readonly lists?: readonly Partial<Row>[] };
      return lists ? lists.map((each) => [`${path}: ${each.id}`, each]) : [[path, set]];
    });
    expect(sets.length).toBeGreaterThan(20);
    for (const [path, { source, asOf }] of sets) {
      expect(source, path).toMatch(/\w{3}/);
      expect(asOf, path).toMatch(DATE);
    }
  });

  test("say sizes in whole bytes, what they are, and once", () => {
    const keys = new Set<string>();
    for (const row of rows.filter(({ kind }) => kind === undefined)) {
      for (const bytes of [row.compressedBytes, row.unpackedBytes])
        if (bytes !== undefined) expect(bytes, row.name).toSatisfy(Number.isSafeInteger);
      if (row.unpackedBytes && row.compressedBytes)
        expect(row.unpackedBytes / row.compressedBytes, `${row.name}:${row.tag}`).toBeGreaterThan(1.4);
      expect(ROLES, row.name).toContain(row.role);
      if (row.unpackedAsOf) expect(row.unpackedAsOf).toMatch(DATE);
      const key = `${row.file} ${row.name}:${row.tag ?? row.tags?.join()}`;
      expect(keys.has(key), key).toBe(false);
      keys.add(key);
    }
  });

  test("name nothing of anybody's own machine", () => {
    const own =
      /\/work\/|\/root\/|\/tmp\/|stand-in|localhost|\b127\.0\.0\.1\b|\b192\.(?:0|168)\.|\b10\.\d+\.\d+\.\d+\b|\.(?:internal|local|lan|corp)\b/i;
    expect(
      catalogFiles().flatMap(({ path, text }) =>
        text
          .split("\n")
          .filter((line) => own.test(line))
          .map((line) => `${path}: ${line.trim()}`),
      ),
    ).toEqual([]);
  });
});

describe("the table", () => {
  test("is what the rows say today", () => {
    const tsx = join(ROOT, "node_modules/tsx/dist/cli.mjs");
    expect(() =>
      execFileSync(process.execPath, [tsx, join(ROOT, "scripts/catalog.mts"), "--check"], { stdio: "pipe" }),
    ).not.toThrow();
  });

  test.each([
    ["data.ts", 60 * 1024],
    ["go-data.ts", 13 * 1024],
    ["contents-data.ts", 32 * 1024],
    ["packages-data.ts", 60_000],
  ])("%s is no larger than %d bytes", (file, budget) => {
    expect(readFileSync(join(ROOT, "server/src/core/catalog", file)).length).toBeLessThanOrEqual(budget);
  });

  const named = imageRows().filter(({ kind, tags }) => kind === undefined && tags === undefined);
  test("answers each tag with its row", () => {
    for (const row of named)
      for (const [tag, own] of Object.entries(row.perTag ?? { [row.tag ?? "latest"]: {} }))
        check({ ...row, ...own }, tag);
  });

  /** Where two lists have the same tag, the first of them counts for what both say. */
  function check(row: Row, tag: string): void {
    const label = `${row.name}:${tag}`;
    const reference = parseReference(row.name === "scratch" ? "scratch" : tag === "*" ? `${row.name}:any` : label);
    const image = reference && findImage(reference);
    if (!image) throw new Error(`${label} is not in the table`);
    expect(image.nearest, label).toBeUndefined();
    expect(image.name).toBe(row.name);
    if (row.file !== undefined && String(row.file).startsWith("alternatives/")) return;
    expect(image.asOf, label).toBe(row.asOf);
    for (const [field, key] of [
      ["role", "role"],
      ["ecosystem", "ecosystem"],
      ["distro", "distro"],
      ["distroRelease", "distroRelease"],
      ["glibc", "glibc"],
      ["packageManager", "packageManager"],
      ["eol", "eol"],
      ["compressed", "compressedBytes"],
      ["user", "user"],
      ["uid", "uid"],
      ["workdir", "workdir"],
      ["caCerts", "caCerts"],
      ["tzdata", "tzdata"],
      ["tmp", "tmp"],
      ["shell", "shell"],
      ["updated", "updated"],
    ] as const) {
      if (row[key] !== undefined) expect(image[field], `${label} ${field}`).toEqual(row[key]);
    }
    if (row.languageVersion !== undefined)
      expect(String(row.languageVersion).startsWith(image.languageVersion ?? "?"), label).toBe(true);
    if (row.entrypoint !== undefined) expect(image.entrypoint, label).toEqual(row.entrypoint);
    if (image.unpacked !== undefined) expect(image.unpacked, label).toBe(row.unpackedBytes);
  }
});
