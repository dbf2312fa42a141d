import { expect, test } from "vitest";
import { testRecipe } from "../../kit/rule";

/** Several programs, workspaces, vendored modules, Makefiles, targets that other files name. */
const { rewrites, refuses, offer } = testRecipe("split-build-stage");

const MODULE = "#- go.mod\nmodule example.com/m\n";
/** A program as a file of the folder. */
function main(path: string, ...imports: readonly string[]): string {
  return `#- ${path}\npackage main\n${imports.map((each) => `import "${each}"\n`).join("")}func main() {}\n`;
}

rewrites(
  "several builds: all their programs ship",
  "scratch",
  `FROM golang:1.26
WORKDIR /src
COPY . .
RUN go build -o /bin/server ./cmd/server && go build -o /bin/migrate ./cmd/migrate
CMD ["/bin/server"]
${MODULE}${main("cmd/server/main.go")}${main("cmd/migrate/main.go")}`,
  `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o /bin/server ./cmd/server && CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o /bin/migrate ./cmd/migrate

FROM scratch
WORKDIR /src
COPY --from=build /bin/server /bin/server
COPY --from=build /bin/migrate /bin/migrate
CMD ["/bin/server"]
`,
);

rewrites(
  "a folder of programs",
  "distroless",
  `FROM golang:1.26
WORKDIR /src
COPY . .
RUN go build -o /bin/ ./cmd/...
CMD ["/bin/server"]
${MODULE}${main("cmd/server/main.go", "fmt")}${main("cmd/migrate/main.go")}#- cmd/shared/x.go
package shared
`,
  `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o /bin/ ./cmd/...

FROM gcr.io/distroless/static-debian13:nonroot
WORKDIR /src
COPY --from=build /bin/server /bin/server
COPY --from=build /bin/migrate /bin/migrate
CMD ["/bin/server"]
`,
);

rewrites(
  "go install ./..., found through PATH: the others are found as well",
  "distroless",
  `FROM golang:1.26
WORKDIR /src
COPY . .
RUN go install ./...
CMD ["server"]
${MODULE}${main("cmd/server/main.go")}${main("cmd/tool/main.go")}`,
  `FROM golang:1.26 AS build
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go install -trimpath -ldflags="-s -w" ./...

FROM gcr.io/distroless/static-debian13:nonroot
WORKDIR /src
COPY --from=build /go/bin/server /usr/local/bin/server
COPY --from=build /go/bin/tool /usr/local/bin/tool
CMD ["server"]
`,
);

rewrites(
  "a build for several platforms stays as it is, and the final stage has the platform that is asked for",
  "scratch",
  `FROM --platform=$BUILDPLATFORM golang:1.26
ARG TARGETOS TARGETARCH
WORKDIR /src
COPY . .
RUN GOOS=$TARGETOS GOARCH=$TARGETARCH go build -o /bin/a .
CMD ["/bin/a"]
${MODULE}${main("main.go")}`,
  `FROM --platform=$BUILDPLATFORM golang:1.26 AS build
ARG TARGETOS TARGETARCH
WORKDIR /src
COPY . .
RUN GOOS=$TARGETOS GOARCH=$TARGETARCH CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o /bin/a .

FROM scratch
WORKDIR /src
COPY --from=build /bin/a /bin/a
CMD ["/bin/a"]
`,
);

refuses(
  "a second program under a condition",
  "scratch",
  `FROM golang:1.26\nWORKDIR /src\nCOPY . .\nRUN go build -o /a ./a\nRUN test -f x || go build -o /b ./b\nCMD ["/a"]\n${MODULE}${main("a/a.go")}${main("b/b.go")}`,
  "/b is built only under a condition, so the image may be without it.",
);

test("a module of the workspace is the program's own: its files count", () => {
  const source = `FROM golang:1.26\nWORKDIR /w\nCOPY . .\nRUN go build -o /a ./app\nCMD ["/a"]
#- go.work
go 1.26
use ./app
use ./lib
#- app/go.mod
module example.com/app
${main("app/main.go", "example.com/lib")}#- lib/go.mod
module example.com/lib
#- lib/lib.go
package lib
import "os"
func F() { os.ReadFile("a.txt") }
#- a.txt
x
`;
  const text = offer(source, "scratch")
    .change()
    .edits.map((edit) => edit.text);
  expect(text.join("")).toContain("COPY --from=build /w/a.txt /w/a.txt\n");
});

test("vendored modules are read: what they import is known", () => {
  const source = (imported: string) =>
    `FROM golang:1.26\nWORKDIR /w\nCOPY . .\nRUN go build -o /a .\nCMD ["/a"]\n${MODULE}${main("main.go", "github.com/x/y")}#- vendor/github.com/x/y/y.go\npackage y\nimport "${imported}"\n`;
  expect(offer(source("strings"), "scratch").assumes).toEqual([
    "There is no shell in the final image; `docker debug` brings one.",
  ]);
  expect(() => offer(source("crypto/tls"), "scratch")).toThrow(/it imports crypto\/tls/);
});

test("vendored modules that load time zones want them", () => {
  const source = `FROM golang:1.26\nWORKDIR /w\nCOPY . .\nRUN go build -o /a .\nCMD ["/a"]\n${MODULE}${main("main.go", "github.com/x/y")}#- vendor/github.com/x/y/y.go\npackage y\nimport "time"\nfunc F() { time.LoadLocation("x") }\n`;
  expect(() => offer(source, "scratch")).toThrow(/wants time zones \(it calls time\.LoadLocation\)/);
});

const MAKE = 'FROM golang:1.26\nWORKDIR /app\nCOPY . .\nRUN make build\nCMD ["./bin/sum"]\n';
function makefile(text: string): string {
  return `${MAKE}${MODULE}${main("main.go", "fmt")}#- Makefile\n${text}\n`;
}

rewrites(
  "a Makefile's build",
  "scratch",
  makefile(
    'NAME := sum\nVERSION ?= 1\n.PHONY: build\nbuild: gen\n\t@go build -ldflags "-X main.v=$(VERSION)" -o bin/$(NAME) .\ngen:\n\techo made',
  ),
  `FROM golang:1.26 AS build
WORKDIR /app
COPY . .
RUN CGO_ENABLED=0 make build

FROM scratch
WORKDIR /app
COPY --from=build /app/bin/sum /app/bin/sum
CMD ["./bin/sum"]
`,
);

test("what a Makefile sets itself is not set again", () => {
  const { edits } = offer(makefile("build:\n\tCGO_ENABLED=0 go build -o bin/sum ."), "scratch").change();
  expect(edits.map(({ kind }) => kind)).not.toContain("cgo");
  const exported = offer(makefile("export CGO_ENABLED = 0\nbuild:\n\tgo build -o bin/sum ."), "scratch").change();
  expect(exported.edits.map(({ kind }) => kind)).not.toContain("cgo");
});

test.each([
  [
    "conditions",
    "ifeq ($(OS),x)\nA := b\nendif\nbuild:\n\tgo build -o bin/sum .",
    /its Makefile was not followed: it has conditions/,
  ],
  ["other files", "include x.mk\nbuild:\n\tgo build -o bin/sum .", /it includes other files/],
  ["no such target", "all:\n\tgo build -o bin/sum .", /in its Makefile it has no target build/],
  ["what makes a prerequisite", "build: bin/gen\n\tgo build -o bin/sum .", /what makes bin\/gen is not seen/],
  ["a target that is there already", "build:\n\tgo build -o bin/sum .\n#- build/x\ny", /build is there already/],
])("a Makefile that cannot be told: %s", (_name, text, reason) => {
  expect(() => offer(makefile(text), "scratch")).toThrow(reason);
});

test("where an ARG says what a Makefile builds is not known", () => {
  const text = makefile("OUT ?= sum\nbuild:\n\tgo build -o bin/$(OUT) .").replace("RUN make", "ARG OUT=sum\nRUN make");
  expect(() => offer(text, "scratch")).toThrow(/a variable hides what -o names/);
});

refuses(
  "a second program whose place an ARG says",
  "scratch",
  `FROM golang:1.26\nWORKDIR /src\nCOPY . .\nARG OUT=/b\nRUN go build -o /a ./a && go build -o $OUT ./b\nCMD ["/a"]\n${MODULE}${main("a/a.go")}${main("b/b.go")}`,
  "Where the program is built depends on ARG OUT, which the final stage would not have.",
);

test("a Makefile that sets a variable beside CGO_ENABLED=1 keeps C", () => {
  expect(offer(makefile("build:\n\tCGO_ENABLED=1 go build -o bin/sum ."), "distroless").title).toMatch(
    /distroless base/,
  );
});

const NAMED = `FROM golang:1.26 AS app\nWORKDIR /src\nCOPY . .\nRUN go build -o /a .\nCMD ["/a"]\n${MODULE}${main("main.go")}`;

test.each([
  ["compose.yaml", "services:\n  web:\n    build:\n      context: .\n      target: app\n"],
  ["docker-bake.hcl", 'target "web" {\n  target = "app"\n}\n'],
  ["docker-bake.json", '{ "target": { "web": { "target": "app" } } }'],
  [".github/workflows/ci.yml", "steps:\n  - run: docker build --target app .\n"],
  ["build.sh", "docker buildx build --target=app .\n"],
])("%s names the stage", (file, text) => {
  expect(offer(`${NAMED}#- ${file}\n${text}`, "scratch").assumes).toContain(
    `${file} builds the target \`app\`, which starts nothing from now on: without that target it builds the last stage, which ships.`,
  );
});

test("files that name no stage of the Dockerfile, or are none of their kind, say nothing", () => {
  for (const [file, text] of [
    ["compose.yaml", "services:\n  web:\n    build:\n      target: other\n"],
    ["compose.yaml", "{ : ["],
    ["docker-bake.json", "{"],
    ["build.sh", "cargo build --target app\n"],
  ])
    expect(offer(`${NAMED}#- ${file}\n${text}`, "scratch").assumes.join()).not.toContain(file);
});

const COMPOSE = `FROM golang:1.26
WORKDIR /app
COPY . .
RUN go build -o app .
CMD ["./app"]
#- go.mod
module m
#- main.go
package main
func main() {}
#- compose.yaml
`;

test.each<[string, string, readonly string[]]>([
  [
    "what the image has not",
    'build: .\n    command: sh -c "sleep 1 && ./app"\n    healthcheck:\n      test: ["CMD", "curl", "-f", "http://localhost"]\n    volumes: ["./data:/app/data"]',
    [
      "compose.yaml starts `web` by sh, which the final image has not.",
      "compose.yaml looks after the health of `web` by curl, which the final image has not.",
      "compose.yaml mounts /app/data of `web` from the host, where the program's user has to be allowed to do what it does.",
    ],
  ],
  [
    "a check that a shell reads",
    "build: { context: ./ }\n    healthcheck: { test: wget localhost }",
    ["compose.yaml looks after the health of `web` by sh, which the final image has not."],
  ],
  [
    "a folder that is bound",
    "build: .\n    volumes: [{ type: bind, source: ., target: /x }]",
    ["compose.yaml mounts /x of `web` from the host, where the program's user has to be allowed to do what it does."],
  ],
  [
    "what the image has",
    'build: .\n    command: ["./app", "-v"]\n    healthcheck: { test: ["CMD", "/app/app"] }\n    volumes: ["data:/x"]',
    [],
  ],
  ["another image", "image: postgres\n    command: sh", []],
  ["another Dockerfile", "build: { context: ., dockerfile: other.Dockerfile }\n    command: sh", []],
  ["another folder", "build: ./other\n    command: sh", []],
])("a compose file that asks for more than the program: %s", (_name, service, expected) => {
  const { assumes } = offer(`${COMPOSE}services:\n  web:\n    ${service}\n`, "distroless");
  expect(assumes.filter((each) => each.startsWith("compose.yaml"))).toEqual(expected);
});

test("the command of a compose file is an argument where there is an ENTRYPOINT", () => {
  const source = `${COMPOSE}services:\n  web:\n    build: .\n    command: sh\n`.replace("CMD", "ENTRYPOINT");
  expect(offer(source, "distroless").assumes.join()).not.toContain("compose.yaml");
});
