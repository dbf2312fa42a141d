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

const RUST = `#- Cargo.toml
  [package]
  name = "hello"
  #- src/main.rs
  fn main() {}`;
const rust = (builder: string, build: string, final: string, more = RUST, from = "/src/target/release/hello") => `
  FROM ${builder} AS build
  WORKDIR /src
  COPY . .
  RUN ${build}
  FROM ${final}
  COPY --from=build ${from} /hello
  CMD ["/hello"]
  ${more}
  `;
const CARGO = "cargo build --release";
const cargoMarked = (message: string) => `${CARGO}\n  #   ^^^^^^^^^^^^^^^^^^^^^ ${message}`;

finds(
  "Rust on scratch",
  rust(
    "rust:1-trixie",
    cargoMarked(
      "The program is linked with glibc 2.41 of its build stage (cargo links it so), and scratch has no C library.",
    ),
    "scratch",
  ),
);
finds(
  "Rust on an older Debian, by way of a cp",
  rust(
    "rust:1",
    "cargo build --release && cp target/release/hello /usr/local/bin/hello\n  #   ^^^^^^^^^^^^^^^^^^^^^ The program is linked with glibc 2.41 of its build stage (cargo links it so), and gcr.io/distroless/cc-debian12 has glibc 2.36, which is older.",
    "gcr.io/distroless/cc-debian12",
    RUST,
    "/usr/local/bin/hello",
  ),
);
finds(
  "C, in another target than the last stage",
  `
  FROM gcc:14 AS build
  COPY main.c .
  RUN gcc -O2 -o /app main.c
  #   ^^^^^^^^^^^^^^^^^^^^^^ The program is linked with glibc 2.41 of its build stage (gcc links it so), and debian:bullseye-slim has glibc 2.31, which is older.
  FROM debian:bullseye-slim AS tool
  COPY --from=build /app /usr/local/bin/app
  CMD ["app"]
  FROM debian:trixie-slim AS main
  #- compose.yaml
  services:
    a:
      build:
        context: .
        target: tool
    b:
      build:
        context: .
        target: main
  `,
);
finds(
  "C that a Makefile builds",
  `
  FROM gcc:14 AS build
  WORKDIR /src
  COPY Makefile main.c ./
  RUN make app
  #   ^^^^^^^^ The program is linked with glibc 2.41 of its build stage (gcc links it so), and scratch has no C library.
  FROM scratch
  COPY --from=build /src/app /app
  CMD ["/app"]
  #- Makefile
  app: main.c
  	gcc -O2 -o app main.c
  #- main.c
  int main(void) { return 0; }
  `,
);

ignores("Rust for musl", rust("rust:1", `${CARGO} --target x86_64-unknown-linux-musl`, "scratch"));
ignores("Rust on Alpine, which is static", rust("rust:1-alpine", CARGO, "scratch"));
ignores(
  "Rust that is told to be static",
  rust("rust:1", `RUSTFLAGS="-C target-feature=+crt-static" ${CARGO}`, "scratch"),
);
ignores("another profile than the one that is copied", rust("rust:1", "cargo build", "scratch"));
ignores("a library of Rust", rust("rust:1", CARGO, "scratch", RUST, "/src/target/release/libhello.so"));
ignores(
  "a file that another step has put there",
  rust("rust:1", `${CARGO}\n  RUN curl -o target/release/hello https://example.com/hello`, "scratch").replace(
    "CMD",
    "COPY . /\n  CMD",
  ),
);
ignores("static C", rust("gcc:14", "gcc -static -o /app main.c", "scratch", "", "/app"));
ignores("a compiler for another system", rust("gcc:14", "aarch64-linux-gnu-gcc -o /app main.c", "scratch", "", "/app"));
ignores(
  "a loader that is made by hand",
  rust(
    "rust:1",
    CARGO,
    "alpine:3.22\n  RUN mkdir /lib64 && ln -s /lib/libc.musl-x86_64.so.1 /lib64/ld-linux-x86-64.so.2",
  ),
);
ignores("a stage that nobody starts: its files are taken out", rust("rust:1", CARGO, "scratch").replace(/CMD.*/, ""));

ignores(
  "go env -w sets CGO_ENABLED for all builds",
  `
  FROM golang:1.26 AS build
  WORKDIR /src
  COPY main.go .
  RUN go env -w CGO_ENABLED=0
  RUN go build -o /app main.go
  FROM scratch
  COPY --from=build /app /app
  CMD ["/app"]
  #- main.go
  package main
  import "net"
  func main() { net.ParseIP("1.1.1.1") }
  `,
);
