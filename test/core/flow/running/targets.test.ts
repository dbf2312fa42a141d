import { describe, expect, test } from "vitest";
import { Analysis } from "../../../../server/src/core";
import { fixture } from "../../../kit/fixture";

function analyse(source: string): Analysis {
  const { text, project } = fixture(source);
  return new Analysis(text, project);
}

/** The names or numbers of the stages that ship, with `?` where nobody says so. */
function targets(source: string): readonly string[] {
  return analyse(source).context.targets.map(
    ({ stage, certain }) => (stage.name?.text ?? String(stage.index)) + (certain ? "" : "?"),
  );
}

const STAGES = "FROM debian AS base\nFROM base AS dev\nFROM debian AS build\nFROM base\nCOPY --from=build /a /a\n";

describe("the stages that ship", () => {
  test("the last one, and leaves that nobody names", () => {
    expect(targets(STAGES)).toEqual(["dev?", "3"]);
  });

  test("those that a file of the folder asks for, by name or number", () => {
    expect(targets(`${STAGES}#- compose.yaml\nservices: { a: { build: { target: Dev } } }\n`)).toEqual(["dev", "3"]);
    expect(targets(`${STAGES}#- Makefile\nx:\n\tdocker build --target 2 .\n`)).toEqual(["dev?", "build", "3"]);
  });

  test("not those of another Dockerfile", () => {
    const compose = "services: { a: { build: { context: other, target: dev } } }";
    expect(targets(`${STAGES}#- compose.yaml\n${compose}\n`)).toEqual(["dev?", "3"]);
  });

  test("no leaf where a variable names a stage", () => {
    expect(targets("ARG X=b\nFROM debian AS a\nFROM debian AS b\nFROM $X\n")).toEqual(["2"]);
  });

  test("the layers of all that surely ships", () => {
    const { context } = analyse(`${STAGES}#- compose.yaml\nservices: { a: { build: { target: dev } } }\n`);
    expect(context.model.stages.map((stage) => context.ships(stage))).toEqual([true, true, false, true]);
  });
});

describe("what is found in several images", () => {
  const source = `FROM debian:trixie AS base
RUN apt-get update && apt-get install -y --no-install-recommends curl
FROM base AS dev
RUN apt-get update && apt-get install -y --no-install-recommends vim
CMD ["vim"]
FROM base
CMD ["curl"]
#- compose.yaml
services: { a: { build: { target: dev } } }
`;
  const lists = (text: string) => analyse(text).findings.filter(({ rule }) => rule.id === "apt-lists-kept");

  test("is told once", () => {
    expect(lists(source).map(({ target }) => target?.name?.text)).toEqual([undefined, "dev"]);
    expect(lists(source.replace("target: dev", "target: other"))).toHaveLength(1);
  });

  test("is rewritten in the last stage alone", () => {
    const analysis = analyse(`FROM golang:1.26 AS dev
WORKDIR /src
COPY main.go .
RUN CGO_ENABLED=0 go build -o /app main.go
CMD ["/app"]
FROM golang:1.26
WORKDIR /src
COPY main.go .
RUN CGO_ENABLED=0 go build -o /app main.go
CMD ["/app"]
#- main.go
package main

func main() {}
#- compose.yaml
services: { a: { build: { target: dev } } }
`);
    const answers = analysis.findings
      .filter(({ rule }) => rule.id === "missing-build-stage")
      .map((finding) =>
        analysis.answers(finding).map((answer) => (answer.kind === "refusal" ? answer.reason : "offered")),
      );
    expect(answers).toEqual([
      ["This is about the image that the target dev makes; a rewrite is offered for the last stage alone."],
      ["offered", "offered"],
    ]);
  });
});
