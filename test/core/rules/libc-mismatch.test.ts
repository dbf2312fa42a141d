import { testRule } from "../../kit/rule";

const { finds, ignores, fixes } = testRule("libc-mismatch");

const NET = `#- main.go
  package main
  import "net"
  func main() { net.Listen("tcp", ":8080") }`;
const PURE = `#- main.go
  package main
  import "fmt"
  func main() { fmt.Println("hello") }`;
const CGO = `#- main.go
  package main
  // int one() { return 1; }
  import "C"
  func main() { println(C.one()) }`;

const two = (builder: string, build: string, final: string, source: string) => `
  FROM ${builder} AS build
  WORKDIR /src
  COPY main.go .
  RUN ${build}
  FROM ${final}
  COPY --from=build /app /app
  CMD ["/app"]
  ${source}
  `;
const marked = (builder: string, final: string, message: string, source: string) =>
  two(builder, `go build -o /app main.go\n  #   ^^^^^^^^^^^^^^^^^^^^^^^^ ${message}`, final, source);

finds(
  "a dynamic program on scratch",
  marked(
    "golang:1.26",
    "scratch",
    "The program is linked with glibc 2.41 of its build stage (it imports net, and CGO_ENABLED is not 0), and scratch has no C library.",
    NET,
  ),
);
finds(
  "a dynamic program on distroless static",
  marked(
    "golang:1.26",
    "gcr.io/distroless/static-debian13",
    "The program is linked with glibc 2.41 of its build stage (main.go imports C, and CGO_ENABLED is not 0), and gcr.io/distroless/static-debian13 has no C library.",
    CGO,
  ),
);
finds(
  "glibc on musl",
  marked(
    "golang:1.26",
    "alpine:3.22",
    "The program is linked with glibc 2.41 of its build stage (it imports net, and CGO_ENABLED is not 0), and alpine:3.22 has musl.",
    NET,
  ),
);
finds(
  "an older glibc",
  marked(
    "golang:1.21",
    "gcr.io/distroless/base-debian11",
    "The program is linked with glibc 2.36 of its build stage (main.go imports C, and CGO_ENABLED is not 0), and gcr.io/distroless/base-debian11 has glibc 2.31, which is older.",
    CGO,
  ),
);

finds(
  "a platform that is named and is that of the build",
  two(
    "golang:1.26",
    "GOOS=linux go build -o /app main.go\n  #              ^^^^^^^^^^^^^^^^^^^^^^^^ The program is linked with glibc 2.41 of its build stage (it imports net, and CGO_ENABLED is not 0), and scratch has no C library.",
    "scratch",
    NET,
  ),
);

const BUILD = "go build -o /app main.go";
ignores("the same glibc", two("golang:1.26", BUILD, "gcr.io/distroless/base-debian13", NET));
ignores("a program without C", two("golang:1.26", BUILD, "scratch", PURE));
ignores("cgo that is off", two("golang:1.26", `CGO_ENABLED=0 ${BUILD}`, "scratch", NET));
ignores(
  "a static link",
  two("golang:1.26", `go build -ldflags='-extldflags "-static"' -o /app main.go`, "scratch", CGO),
);
ignores(
  "another platform, for which cgo is off by itself",
  two("golang:1.26", `GOARCH=arm64 ${BUILD}`, "scratch", NET),
);
ignores("musl on musl", two("golang:1.26-alpine", BUILD, "alpine:3.22", NET));
ignores("sources that were not seen", two("golang:1.26", BUILD, "scratch", ""));
ignores("an image that the catalog does not know", two("golang:1.26", BUILD, "example.com/own", NET));
ignores(
  "libraries that are copied along",
  `
  FROM golang:1.26 AS build
  WORKDIR /src
  COPY main.go .
  RUN ${BUILD}
  FROM scratch
  COPY --from=build /lib/x86_64-linux-gnu/libc.so.6 /lib/x86_64-linux-gnu/
  COPY --from=build /app /app
  CMD ["/app"]
  ${NET}
  `,
);
ignores(
  "the other C library as a package",
  `
  FROM golang:1.26 AS build
  WORKDIR /src
  COPY main.go .
  RUN ${BUILD}
  FROM alpine:3.22
  RUN apk add --no-cache gcompat
  COPY --from=build /app /app
  CMD ["/app"]
  ${NET}
  `,
);

fixes(
  "a program that calls no C itself",
  "Build without cgo (CGO_ENABLED=0)",
  two("golang:1.26", BUILD, "scratch", NET),
  two("golang:1.26", `CGO_ENABLED=0 ${BUILD}`, "scratch", NET),
);
