import { expect, it } from "vitest";
import { compareRuns } from "../../server/src/app/behaviour";

const given = { input: true, seconds: 10 };
const run = (stdout: string, more = {}) => ({ exitCode: 0, stdout, stderr: "", ...more });
const verdict = (...[before, after, again]: ReturnType<typeof run>[]) => {
  const { same, why } = compareRuns(before ?? run(""), after ?? run(""), given, again);
  return [same, why];
};

it("finds runs the same by exit code and output", () => {
  expect(verdict(run("6\n"), run("6\n"))).toEqual([true, undefined]);
  expect(verdict(run("6\n"), run("7\n"))).toEqual([false, "They differ in standard output."]);
  expect(verdict(run("6\n"), run("6\n", { exitCode: 1, stderr: "oh" }))).toEqual([
    false,
    "They differ in exit code and standard error.",
  ]);
});

it("does not hold against the one after what another run of the one before changes, and nothing else", () => {
  const log = (time: string, word = "started") => run("", { stderr: `${time} ${word}\n` });
  expect(verdict(log("06:01:02"), log("06:01:09"))[0]).toBe(false);
  expect(verdict(log("06:01:02"), log("06:01:09"), log("06:01:12"))[0]).toBe(true);
  expect(verdict(log("06:01:02"), log("06:01:09", "Started"), log("06:01:12"))).toEqual([
    false,
    "They differ in standard error.",
  ]);
  expect(verdict(run("a1\n"), run("b2\n"), run("c3\n"))).toEqual([
    null,
    "The version before does not answer alike twice itself: its standard output changed.",
  ]);
  expect(verdict(run("6\n"), run("6\n", { exitCode: 1 }), run("6\n", { exitCode: 1 }))[0]).toBeNull();
});
