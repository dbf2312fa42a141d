import { describe, expect, test } from "vitest";
import { hasOnePython, isOfOtherPython, pythonOf } from "../../../server/src/core/catalog/python";
import { parseReference } from "../../../server/src/core/catalog/reference";

describe("the interpreter of an image of Python", () => {
  test.each([
    ["python:3.14", "3.14", false],
    ["python:3.14.6-slim-bookworm", "3.14", true],
    ["docker.io/library/python:3.13-alpine3.22", "3.13", true],
    ["python:3", undefined, false],
    ["python:slim", undefined, true],
    ["acme/python:3.14-slim", undefined, true],
  ])("%s: %s", (name, version, one) => {
    const reference = parseReference(name);
    expect(reference && pythonOf(reference)).toBe(version);
    expect(reference && hasOnePython(reference)).toBe(one);
  });

  test.each([
    ["/usr/local/lib/python3.13", true],
    ["/usr/local/lib/python3.13/site-packages/flask", true],
    ["/usr/local/lib/python3.14/site-packages", false],
    ["/usr/local/lib/libpython3.13.so", false],
    ["/opt/lib/python3.13", false],
  ])("%s is of another one than 3.14: %s", (path, other) => {
    expect(isOfOtherPython("3.14", path)).toBe(other);
  });
});
