import { expect, it } from "vitest";
import { compareInside, withInside } from "../../server/src/app/inside";
import type { Fault, Inside } from "../../server/src/ports";

const fault = (file: string, lacks: string, check: Fault["check"] = "libraries"): Fault => ({
  check,
  file,
  lacks,
  says: `${file} needs ${lacks}.`,
});
const image = (...faults: readonly Fault[]): Inside => ({
  program: "/app",
  looked: { libraries: 3, scripts: 1 },
  faults,
});
const same = { same: true, checks: [] };

it("finds nothing where nothing is missing", () => {
  const checks = compareInside(image(), image());
  expect(checks.map((check) => [check.name, check.before, check.same])).toEqual([
    ["started program", "/app", true],
    ["needed libraries", "all found, of 3 files", true],
    ["script interpreters", "all found, of 1 script", true],
    ["working directory", "its user can enter it", true],
  ]);
  expect(withInside(same, image(), image())).toBe(same);
});

it("counts what only the version after lacks, wherever its file lies", () => {
  const known = fault("/build/lib/a.so", "libx.so");
  const moved = fault("/app/a.so", "libx.so");
  const fresh = fault("/app/a.so", "liby.so");
  expect(withInside(same, image(known), image(moved))).toBe(same);
  expect(withInside(same, image(known), image(moved, fresh))).toEqual({
    ...same,
    same: false,
    why: "/app/a.so needs liby.so.",
  });
  const [, libraries] = compareInside(image(known), image(moved, fresh));
  expect(libraries).toEqual({
    name: "needed libraries",
    before: "/build/lib/a.so needs libx.so.",
    after: "/app/a.so needs liby.so.",
    same: false,
  });
});

it("does not speak of what the base image before lacked", () => {
  const [, libraries] = compareInside(image(fault("/usr/lib/odd.so", "libx.so")), image());
  expect(libraries?.before).toBe("all found, of 3 files");
});

it("says what was seen first, and not everything", () => {
  const many = ["a", "b", "c", "d", "e"].map((name) => fault("/app", name));
  const behaviour = { same: false, why: "They differ in exit code.", checks: [] };
  expect(withInside(behaviour, image(), image(...many)).why).toBe(
    "They differ in exit code. /app needs a. /app needs b. /app needs c. There are 2 more of the kind.",
  );
  const untold = { same: null, why: "There is nothing to compare.", checks: [] };
  expect(withInside(untold, image(), image(fault("/app", "a")))).toMatchObject({ same: false, why: "/app needs a." });
});
