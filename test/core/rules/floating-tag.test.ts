import { expect, test } from "vitest";
import { Analysis, applyEdits } from "../../../server/src/core";
import { fixture } from "../../kit/fixture";
import { testRule } from "../../kit/rule";

const { finds, ignores } = testRule("floating-tag");

finds(
  "no tag",
  `
  FROM ubuntu AS build
  #    ^^^^^^ ubuntu has no tag, which means latest: the next build may get another release. Name one, such as ubuntu:26.04.
  CMD ["/app"]
`,
);

finds(
  "latest, behind a variable and a mirror",
  `
  ARG TAG=latest
  FROM docker.io/library/alpine:\${TAG}
  #    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ docker.io/library/alpine:\${TAG} is whatever was released last: the next build may get another release. Name one, such as alpine:3.24.
`,
);

finds(
  "latest of an image that nobody knows",
  `
  FROM example.com:5000/team/app
  #    ^^^^^^^^^^^^^^^^^^^^^^^^^ example.com:5000/team/app has no tag, which means latest: the next build may get another release.
`,
);

finds(
  "a variant without a version, at the bottom of the shipped stages",
  `
  FROM golang:1.26 AS build
  FROM node:alpine AS base
  #    ^^^^^^^^^^^ node:alpine names no version: the next build may get another release. Name one, such as node:26-alpine.
  FROM base
  COPY --from=build /app /app
`,
);

finds(
  "a distroless name without its Debian release",
  `
  FROM gcr.io/distroless/base:nonroot
  #    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ gcr.io/distroless/base:nonroot moves to the next Debian release by itself; gcr.io/distroless/base-debian13 names the one it stands for now.
`,
);

ignores("a build stage", 'FROM golang AS build\nFROM scratch\nCOPY --from=build /app /app\nCMD ["/app"]\n');
ignores("a release by number", "FROM ubuntu:26.04\n");
ignores("a release by codename", "FROM debian:trixie-slim\n");
ignores("a name that has the release in it", "FROM gcr.io/distroless/static-debian13:nonroot\n");
ignores("a digest", `FROM ubuntu:latest@sha256:${"a".repeat(64)}\n`);
ignores("a base that a variable hides", "ARG BASE\nFROM $BASE\n");
ignores("a tag of an image that nobody knows", "FROM example.com/team/app:prod\n");
ignores("scratch", "FROM scratch\n");

test.each([
  ["FROM ubuntu AS build\n", "FROM ubuntu:26.04 AS build\n"],
  ["FROM python:slim\n", "FROM python:3.14-slim\n"],
  ["FROM docker.io/library/debian:stable-slim\n", "FROM docker.io/library/debian:13-slim\n"],
  ["FROM gcr.io/distroless/cc:debug\n", "FROM gcr.io/distroless/cc-debian13:debug\n"],
])("floating-tag names the release of %j", (before, after) => {
  const { text, project } = fixture(before);
  const analysis = new Analysis(text, project);
  const [fix] = analysis.findings
    .filter(({ rule }) => rule.id === "floating-tag")
    .flatMap((finding) => analysis.answers(finding));
  expect(fix?.kind === "offer" && [fix.safety, applyEdits(text, fix.change().edits)]).toEqual(["review", after]);
});

test("floating-tag is a warning, and an info where the name moves slowly", () => {
  const severity = (image: string) =>
    new Analysis(`FROM ${image}\n`).findings.find(({ rule }) => rule.id === "floating-tag")?.severity;
  expect(["ubuntu", "gcr.io/distroless/base", "cgr.dev/chainguard/static"].map(severity)).toEqual([
    "warning",
    "info",
    "info",
  ]);
});
