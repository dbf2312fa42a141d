import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { APPS, type App, dockerfileOf } from "./apps.mts";

const ECOSYSTEMS = ["go", "node", "python", "java", "rust", "c"];

const names = (apps: readonly App[]) => apps.map(({ name }) => name);

test("no folder is left out", () => {
  const folders = readdirSync(import.meta.dirname, { withFileTypes: true });
  expect(folders.flatMap((each) => (each.isDirectory() ? each.name : [])).sort()).toEqual([...ECOSYSTEMS].sort());
  const apps = ECOSYSTEMS.flatMap((name) =>
    readdirSync(join(import.meta.dirname, name)).map((app) => `${name}/${app}`),
  );
  expect(names(APPS).sort()).toEqual(apps.sort());
});

test("each has its Dockerfile", () => {
  expect(names(APPS.filter((app) => !existsSync(dockerfileOf(app))))).toEqual([]);
});

test("each expert's file is the measure of an image that is stated", () => {
  const without = APPS.filter(({ experts, ships }) =>
    Object.keys(experts).some((target) => typeof ships[target as keyof typeof ships] !== "string"),
  );
  expect(names(without)).toEqual([]);
});

test("each that CI builds has a wrong rewrite", () => {
  expect(names(APPS.filter(({ runs, wrong }) => runs === undefined && !wrong))).toEqual([]);
});

test("one app of each ecosystem is converted on both engines", () => {
  const both = APPS.filter(({ bothEngines, runs }) => bothEngines && runs === undefined);
  expect(both.map(({ name }) => name.split("/")[0])).toEqual(ECOSYSTEMS);
});
