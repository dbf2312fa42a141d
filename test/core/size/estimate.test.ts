import { describe, expect, test } from "vitest";
import { Analysis, estimateLayers } from "../../../server/src/core";
import { fixture } from "../../kit/fixture";

/** What each instruction of the shipped stage adds, by its first words: its bytes, or null where nobody knows. */
function added(source: string): Readonly<Record<string, number | null>> {
  const { text, project } = fixture(source);
  const { context } = new Analysis(text, project);
  const stage = context.model.final;
  if (!stage) throw new Error("no stage");
  return Object.fromEntries(
    estimateLayers(context, stage).map(({ instruction, size }) => [
      instruction.line.text.replace(/^(\S+(?: --\S+)* \S+).*$/s, "$1"),
      size.bytes,
    ]),
  );
}

const MAIN = `
  #- go.mod
  module example.com/app

  go 1.24
  #- main.go
  package main

  import "fmt"

  func main() { fmt.Println("hello") }
`;

describe("a RUN", () => {
  test("that builds leaves the program and the build cache; a cache that is mounted is no part of the image", () => {
    const build = (mount: string) =>
      added(`
  FROM golang:1.26
  WORKDIR /app
  COPY . .
  RUN ${mount}go build -o app .
${MAIN}`);
    const plain = Object.values(build("")).at(-1) ?? 0;
    const mounted = Object.values(build("--mount=type=cache,target=/root/.cache/go-build ")).at(-1) ?? 0;
    const elsewhere = Object.values(build("--mount=type=cache,target=/root/.cache/npm ")).at(-1);
    expect(mounted).toBeGreaterThan(1e6);
    expect(plain).toBeGreaterThan(10 * mounted);
    expect(elsewhere).toBe(plain);
  });

  test("that installs packages adds what Debian's index says, once", () => {
    const bytes = (...runs: readonly string[]) =>
      Object.values(added(["FROM debian:trixie-slim", ...runs.map((run, at) => `RUN N=${at} ${run}`)].join("\n")));
    const clean = "&& rm -rf /var/lib/apt/lists/*";
    const few = "apt-get install -y --no-install-recommends";
    const [, git = 0] = bytes(`apt-get update && ${few} git ${clean}`);
    // A layer that an engine made of these packages: 99,175,788 bytes.
    expect(git).toBeGreaterThan(90e6);
    expect(git).toBeLessThan(110e6);
    const [, kept = 0, again = 0] = bytes(`apt-get update && ${few} git`, `${few} git curl ${clean}`);
    expect(kept).toBeGreaterThan((git ?? 0) + 15e6);
    expect(again).toBeLessThan(10e6);
    expect(bytes(`apt-get install -y git ${clean}`)[1]).toBeGreaterThan(git ?? 0);
    expect(bytes(`${few} git nobody-knows-it`)[1]).toBeNull();
    expect(bytes(`${few} git $MORE`)[1]).toBeNull();
    expect(bytes(`${few} git ./own.deb`)[1]).toBeNull();
  });

  test("that installs what its image has adds nothing", () => {
    const run = "RUN apt-get install -y --no-install-recommends git curl && rm -rf /var/lib/apt/lists/*";
    expect(added(`FROM python:3.13\n${run}`)).toMatchObject({ "RUN apt-get": 0 });
    expect(added(`FROM python:3.13-slim\n${run}`)["RUN apt-get"]).toBeGreaterThan(80e6);
    expect(added(`FROM nginx\n${run}`)).toMatchObject({ "RUN apt-get": null });
  });

  test("that makes a folder adds nothing", () => {
    expect(added("FROM ubuntu:24.04\nRUN mkdir -p /data")).toMatchObject({ "RUN mkdir": 0 });
  });

  test("that fetches modules adds nothing where go.mod asks for none, and nobody knows what where it does", () => {
    const download = (more: string) =>
      added(`
  FROM golang:1.26
  WORKDIR /app
  COPY go.mod ./
  RUN ${more}go mod download
${MAIN}`);
    expect(download("")).toMatchObject({ "RUN go": 0 });
    const required = added(`
  FROM golang:1.26
  WORKDIR /app
  COPY . .
  RUN go mod download
  #- go.mod
  module example.com/app

  require github.com/go-chi/chi/v5 v5.2.3
  #- main.go
  package main

  import _ "github.com/go-chi/chi/v5"

  func main() {}
`);
    expect(required).toMatchObject({ "RUN go": null });
  });
});

describe("a COPY of another stage", () => {
  test("brings what the files of the context weigh there, and an empty folder nothing", () => {
    const layers = added(`
  FROM golang:1.26 AS build
  WORKDIR /app
  COPY . .
  RUN mkdir /app/data && go build -o app .
  FROM scratch
  COPY --from=build /app/static /static
  COPY --from=build /app/data /data
  #- static/style.css
  body { margin: 0; }
${MAIN}`);
    expect(layers).toMatchObject({
      "COPY --from=build /app/static": "body { margin: 0; }\n".length,
      "COPY --from=build /app/data": 0,
    });
  });

  test("brings what nobody knows where a command may have put it there", () => {
    const layers = added(`
  FROM golang:1.26 AS build
  WORKDIR /app
  COPY . .
  RUN mkdir /app/data && ./fill.sh /app/data
  FROM scratch
  COPY --from=build /app/data /data
${MAIN}`);
    expect(layers).toMatchObject({ "COPY --from=build /app/data": null });
  });

  test("brings a program with its symbols where a Makefile builds it, for its flags stay as they are", () => {
    const program = (flags: string) =>
      added(`
  FROM golang:1.26 AS build
  WORKDIR /app
  COPY . .
  RUN make
  FROM scratch
  COPY --from=build /app/app /app
  #- Makefile
  app:
  \tCGO_ENABLED=0 go build ${flags} -o app .
${MAIN}`)["COPY --from=build /app/app"] ?? 0;
    const stripped = program('-ldflags "-s -w"');
    expect(stripped).toBeGreaterThan(1e6);
    expect(program("")).toBeGreaterThan(1.3 * stripped);
  });
});
