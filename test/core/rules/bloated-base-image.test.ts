import { expect, test } from "vitest";
import { Analysis } from "../../../server/src/core";
import { testRule } from "../../kit/rule";

const { ignores } = testRule("bloated-base-image");

/** The text that the findings stand on, and their messages without the size. */
function findings(text: string): readonly string[] {
  return new Analysis(text).findings
    .filter(({ rule }) => rule.id === "bloated-base-image")
    .map(({ span, message }) => `${text.slice(span.start, span.end)}: ${message.replace(/ \([^)]*B\)/, "")}`);
}

const GO = 'COPY . .\nRUN go build -o /app .\nCMD ["/app"]\n';

test.each([
  [
    "an SDK",
    `FROM golang:1.26\n${GO}`,
    "golang:1.26: golang:1.26 ships a compiler and a package manager, which a finished program does not need.",
  ],
  [
    "an operating system around a build",
    `FROM ubuntu AS build\n${GO}`,
    "ubuntu: ubuntu ships a whole operating system around one program.",
  ],
  [
    "a base behind an ARG",
    `ARG TAG=1.26\nFROM --platform=linux/amd64 golang:\${TAG} AS x\n${GO}`,
    "golang:${TAG}: golang:${TAG} ships a compiler and a package manager, which a finished program does not need.",
  ],
  [
    "the base at the bottom of the shipped stages",
    `FROM golang:1.26 AS base\nFROM base\n${GO}`,
    "golang:1.26: golang:1.26 ships a compiler and a package manager, which a finished program does not need.",
  ],
  [
    "an interpreter with compilers",
    'FROM python:3.13\nCMD ["python", "app.py"]\n',
    "python:3.13: python:3.13 ships compilers, headers and a package manager, which a finished program seldom needs.",
  ],
])("bloated-base-image finds: %s", (_name, text, expected) => {
  expect(findings(text)).toEqual([expected]);
});

test("the message says the size, and says when it is an estimate", () => {
  const [finding] = new Analysis(`FROM golang:1.26\n${GO}`).findings;
  expect(finding?.message).toMatch(/^golang:1\.26 \((?:≈ )?[\d.]+ (?:M|G)B\) /);
});

ignores("an interpreter's slim variant", 'FROM python:3.13-slim\nCMD ["python", "app.py"]\n');
ignores(
  "an operating system in which nothing is built",
  'FROM debian:trixie\nRUN apt-get update && apt-get install -y nginx\nCMD ["nginx"]\n',
);
ignores("a toolbox", 'FROM golang:1.26\nCMD ["bash"]\n');
ignores("an SDK in a build stage", 'FROM golang:1.26 AS build\nFROM scratch\nCMD ["/x"]\n');
ignores("an image that nobody knows", 'FROM example.com/golang:1.26\nCMD ["/x"]\n');
ignores("a base that a variable hides", 'ARG BASE\nFROM $BASE\nCMD ["/x"]\n');
ignores("a base image for others", "FROM golang:1.26\nRUN apt-get update\n");
