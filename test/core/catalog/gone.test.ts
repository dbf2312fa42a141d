import { describe, expect, test } from "vitest";
import { findGone, type Gone } from "../../../server/src/core/catalog/gone";
import { parseReference } from "../../../server/src/core/catalog/reference";

function gone(text: string): Gone | undefined {
  const reference = parseReference(text);
  if (!reference) throw new Error(`no reference: ${text}`);
  return findGone(reference);
}

describe("findGone", () => {
  test.each([
    [
      "gcr.io/distroless/java:11",
      { kind: "removed", since: "2022-04-19", replacement: "gcr.io/distroless/java17-debian13" },
    ],
    ["gcr.io/distroless/java11", { kind: "removed", since: "2024-09-03" }],
    ["gcr.io/distroless/java11-debian10:nonroot", { kind: "removed", since: "2022-09-06" }],
    [
      "gcr.io/distroless/base-debian11",
      { kind: "removed", since: "2024-09-03", replacement: "gcr.io/distroless/base-debian13" },
    ],
    ["gcr.io/distroless/nodejs18-debian12", { kind: "removed", since: "2025-04-30" }],
    ["gcr.io/distroless/nodejs:20", { kind: "never-existed", replacement: "gcr.io/distroless/nodejs24-debian13" }],
    ["gcr.io/distroless/nodejs21-debian12", { kind: "never-existed" }],
    ["gcr.io/distroless/python3.11", { kind: "never-existed" }],
    ["gcr.io/distroless/static-debian14:nonroot", { kind: "never-existed" }],
    ["openjdk:17-jre-slim", { kind: "never-existed" }],
    ["openjdk:17.0.2-jre-slim", { kind: "never-existed" }],
  ])("knows %s", (text, expected) => expect(gone(text)).toMatchObject(expected));

  test.each([
    "gcr.io/distroless/static-debian13",
    "gcr.io/distroless/base:nonroot",
    "gcr.io/distroless/nodejs24-debian13",
    "gcr.io/distroless/python3",
    "openjdk:11-jre-slim",
    "openjdk:17-jdk-slim",
    "ubuntu",
    "no/such/name",
  ])("says nothing of %s", (text) => expect(gone(text)).toBeUndefined());

  test("is quick with hostile names", () => {
    const start = performance.now();
    for (const piece of ["-debian", "a", "*", "java"]) {
      const path = piece.repeat(1_000_000 / piece.length);
      findGone({ path, familiar: `gcr.io/distroless/${path}`, tag: path });
    }
    expect(performance.now() - start).toBeLessThan(500);
  });
});
