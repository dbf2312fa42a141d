import { expect, test } from "vitest";
import { Analysis, applyEdits, NO_PROJECT } from "../../../server/src/core";
import { fixture } from "../../kit/fixture";
import { testRule } from "../../kit/rule";

const { finds, ignores } = testRule("end-of-life-base");

finds(
  "a language",
  `
  FROM golang:1.17.5-alpine
  #    ^^^^^^^^^^^^^^^^^^^^ golang:1.17.5-alpine has had no fixes since 2022-08-02; golang:1.27-alpine is current.
`,
);

finds(
  "a distribution",
  `
  FROM debian:buster-slim
  #    ^^^^^^^^^^^^^^^^^^ debian:buster-slim has had no fixes since 2024-06-30; debian:13-slim is current.
`,
);

test.each([
  ["debian:9", "2022-06-30"],
  ["debian:9.13-slim", "2022-06-30"],
  ["debian:8", "2020-06-30"],
  ["debian:wheezy", "2018-05-31"],
  ["debian:10.13-slim", "2024-06-30"],
  ["ubuntu:xenial", "2021-04-30"],
  ["ubuntu:trusty-20190515", "2019-04-25"],
  ["ubuntu:12.04", "2017-04-28"],
])("%s is a release by its number or its name, without fixes since %s", (reference, since) => {
  const { project } = fixture(`FROM ${reference}\n`);
  const [finding] = new Analysis(`FROM ${reference}\n`, project).findings.filter(
    ({ rule }) => rule.id === "end-of-life-base",
  );
  expect(finding?.message).toContain(`${reference} has had no fixes since ${since}`);
});

finds(
  "a language that lives, on a release that does not",
  `
  FROM python:3.12-slim-bullseye
  #    ^^^^^^^^^^^^^^^^^^^^^^^^^ python:3.12-slim-bullseye stands on debian bullseye, which has had no fixes since 2026-08-31; python:3.14-slim is current.
`,
);

finds(
  "a distroless image of a release that was dropped",
  `
  FROM golang:1.21 AS builder
  FROM gcr.io/distroless/base-debian11
  #    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ gcr.io/distroless/base-debian11 has had no fixes since 2024-09-03; gcr.io/distroless/base-debian13 is current.
`,
);

finds(
  "one that the catalog has no row of",
  `
  FROM gcr.io/distroless/java11-debian10
  #    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ gcr.io/distroless/java11-debian10 has had no fixes since 2022-09-06; gcr.io/distroless/java17-debian13 is current.
`,
);

finds(
  "an image without a successor",
  `
  FROM centos:7
  #    ^^^^^^^^ centos:7 has had no fixes since 2024-06-30.
`,
);

ignores("what is alive", "FROM golang:1.26\n");
ignores("Debian in its LTS", "FROM debian:bookworm-slim\n");
ignores("a build stage", "FROM golang:1.16 AS build\nFROM scratch\n");
ignores("a name that is unknown-image's", "FROM gcr.io/distroless/java11\n");
ignores("an image that nobody knows", "FROM example.com/golang:1.17\n");

test("end-of-life-base is silent where nobody says what day it is", () => {
  expect(new Analysis("FROM golang:1.17\n", NO_PROJECT).findings.map(({ rule }) => rule.id)).not.toContain(
    "end-of-life-base",
  );
});

test("end-of-life-base goes by the day", () => {
  const on = (today: string) =>
    new Analysis("FROM alpine:3.21\n", { ...NO_PROJECT, today }).findings.some(
      ({ rule }) => rule.id === "end-of-life-base",
    );
  expect([on("2026-11-01"), on("2026-11-02")]).toEqual([false, true]);
});

test.each([
  ["FROM --platform=linux/amd64 node:18-bookworm-slim AS app\n", "FROM --platform=linux/amd64 node:26-slim AS app\n"],
  ["FROM gcr.io/distroless/base-debian11:nonroot\n", "FROM gcr.io/distroless/base-debian13:nonroot\n"],
  ["FROM gcr.io/distroless/java11-debian11\n", undefined],
  ["ARG V=1.17\nFROM golang:$V\n", undefined],
  ["FROM centos:7\n", undefined],
])("end-of-life-base offers what is current, to be looked at: %j", (source, after) => {
  const { text, project } = fixture(source);
  const analysis = new Analysis(text, project);
  const [fix] = analysis.findings
    .filter(({ rule }) => rule.id === "end-of-life-base")
    .flatMap((finding) => analysis.fixesOf(finding));
  expect(fix && [fix.safety, applyEdits(text, fix.change().edits)]).toEqual(after && ["review", after]);
});

finds(
  "another stage that compose builds, and a base of two of them once",
  `
  FROM node:18-slim AS base
  #    ^^^^^^^^^^^^ node:18-slim has had no fixes since 2025-04-30; node:26-slim is current.
  FROM base AS web
  CMD ["node", "/web.js"]
  FROM base AS worker
  CMD ["node", "/worker.js"]
  FROM debian:trixie-slim AS last
  #- compose.yaml
  services:
    web:
      build:
        context: .
        target: web
    worker:
      build:
        context: .
        target: worker
  `,
);
