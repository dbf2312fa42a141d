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
