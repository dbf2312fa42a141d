import { expect, test } from "vitest";
import { parsersOf } from "../../server/src/app/parsers";

test("the settings of Yarn are YAML, where nothing else is", async () => {
  const parsers = await parsersOf(["package.json", "web/.yarnrc.yml"]);
  expect(parsers.yaml("nodeLinker: node-modules")).toEqual({ nodeLinker: "node-modules" });
});
