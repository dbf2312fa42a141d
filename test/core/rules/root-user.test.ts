import { expect, test } from "vitest";
import { Analysis, applyEdits } from "../../../server/src/core";
import { testRule } from "../../kit/rule";

const { finds, ignores } = testRule("root-user");

finds(
  "a base whose user is root",
  `
  FROM golang:1.26 AS build
  FROM ubuntu:26.04
  #    ^^^^^^^^^^^^ The image runs as root: no USER is set, and that of ubuntu:26.04 is root.
  CMD ["/app"]
`,
);

finds(
  "scratch",
  `
  FROM scratch
  #    ^^^^^^^ The image runs as root: no USER is set, and scratch has none.
`,
);

finds(
  "a USER that goes back to root, in a stage below",
  `
  FROM example.com/base AS base
  USER app
  USER root:root
  #    ^^^^^^^^^ The image runs as root: its last USER is root.
  FROM base
  CMD ["/app"]
`,
);

finds(
  "root by number",
  `
  FROM scratch
  ARG UID=0
  USER \${UID}:0
  #    ^^^^^^^^ The image runs as root: its last USER is root.
`,
);

ignores("another user", "FROM ubuntu:26.04\nUSER app\n");
ignores("another user by number", "FROM scratch\nUSER 65532:0\n");
ignores("a base whose user is another", "FROM gcr.io/distroless/static-debian13:nonroot\n");
ignores("a base that nobody knows", "FROM example.com/base\n");
ignores("a user that a variable hides", "FROM scratch\nARG USER_ID\nUSER $USER_ID\n");
ignores("a build stage", "FROM ubuntu AS build\nFROM gcr.io/distroless/static-debian13:nonroot\n");

test.each([
  ["FROM gcr.io/distroless/static-debian13 AS app\n", "FROM gcr.io/distroless/static-debian13:nonroot AS app\n"],
  ["FROM gcr.io/distroless/base:latest\n", "FROM gcr.io/distroless/base:nonroot\n"],
  ["FROM gcr.io/distroless/cc-debian13:debug\n", "FROM gcr.io/distroless/cc-debian13:debug-nonroot\n"],
  ["FROM ubuntu:26.04\n", undefined],
  ["FROM gcr.io/distroless/base\nUSER root\n", undefined],
])("root-user offers the tag of another user: %j", (text, after) => {
  const analysis = new Analysis(text);
  const [fix] = analysis.findings
    .filter(({ rule }) => rule.id === "root-user")
    .flatMap((finding) => analysis.fixesOf(finding));
  expect(fix && [fix.safety, applyEdits(text, fix.change().edits)]).toEqual(after && ["review", after]);
});
