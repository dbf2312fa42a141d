import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Analysis, rules } from "../../../server/src/core";
import { fixture } from "../../kit/fixture";

const folder = join(import.meta.dirname, "../../../server/src/core/rules");

test("each rule is a file of its name, and each file is in the registry", () => {
  const files = readdirSync(folder).filter((name) => !["rule.ts", "registry.ts"].includes(name));
  expect(files.map((name) => name.replace(/\.ts$/, "")).sort()).toEqual(rules.map(({ id }) => id).sort());
});

test.each(rules.map((rule) => [rule.id, rule] as const))("%s: texts are whole sentences", (_id, { title, docs }) => {
  expect(title).not.toMatch(/\.$/);
  for (const text of [docs.what, docs.why, docs.limits]) expect(text).toMatch(/^[A-Z`].*\.$/s);
});

test.each(
  rules.flatMap((rule) => rule.docs.examples.map((example, at) => [`${rule.id} ${at + 1}`, rule, example] as const)),
)("%s: the rule speaks about the example and is silent about what it should be", (_name, rule, { before, after }) => {
  const speaks = (source: string) => {
    const { text, project } = fixture(source);
    return new Analysis(text, project).findings.some((finding) => finding.rule === rule);
  };
  expect(speaks(before)).toBe(true);
  expect(speaks(after)).toBe(false);
});

test.each(rules.map((rule) => [rule.id, rule] as const))(
  "%s is silent about an empty file, but for its syntax",
  (id, rule) => {
    const found = new Analysis("").findings.filter((finding) => finding.rule === rule).map(({ message }) => message);
    expect(found).toEqual(id === "invalid-syntax" ? ["file with no instructions"] : []);
  },
);
