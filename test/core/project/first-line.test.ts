import { describe, expect, test } from "vitest";
import { isStartScript, readFirstLine } from "../../../server/src/core/project/first-line";

describe("the first line of a script", () => {
  test.each([
    ["#!/bin/sh\necho\n", "#!/bin/sh"],
    ["#!/bin/sh\r\necho\r\n", "#!/bin/sh\r"],
    ["#!/bin/sh", "#!/bin/sh"],
    ["", ""],
  ])("of %j is %j", (text, line) => expect(readFirstLine(text)).toBe(line));

  test("is no longer than what the kernel reads", () => {
    expect(readFirstLine("x".repeat(1_000_000))).toHaveLength(256);
  });
});

test.each([
  ["entrypoint.sh", true],
  ["docker/docker-entrypoint", true],
  ["bin/run.bash", true],
  ["entrypoint.py", false],
  ["main.go", false],
])("%s is a script by its name: %s", (path, answer) => expect(isStartScript(path)).toBe(answer));
