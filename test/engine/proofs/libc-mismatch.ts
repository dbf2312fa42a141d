import type { Proof } from "./proof";

export const proofs: readonly Proof[] = [
  {
    name: "a program that uses the net package, on scratch",
    dockerfile: `
FROM golang:1.26 AS build
WORKDIR /src
COPY main.go .
RUN go build -o /app main.go
FROM scratch
COPY --from=build /app /app
CMD ["/app"]
#- main.go
package main

import "net"

func main() { println(net.ParseIP("127.0.0.1").String()) }
`,
    fails: "start",
    says: /no such file or directory/,
    fixed: `
FROM golang:1.26 AS build
WORKDIR /src
COPY main.go .
RUN CGO_ENABLED=0 go build -o /app main.go
FROM scratch
COPY --from=build /app /app
CMD ["/app"]
`,
    prints: /^127\.0\.0\.1$/m,
  },
  {
    name: "a program of C on an older Debian",
    dockerfile: `
FROM rust:1-trixie AS build
COPY hello.c .
RUN gcc -o /hello hello.c
FROM debian:bullseye-slim
COPY --from=build /hello /usr/local/bin/hello
CMD ["hello"]
#- hello.c
#include <stdio.h>
int main(void) { puts("hello"); return 0; }
`,
    fails: "start",
    says: /version `GLIBC_2\.34' not found/,
    fixed: `
FROM rust:1-trixie AS build
COPY hello.c .
RUN gcc -o /hello hello.c
FROM debian:trixie-slim
COPY --from=build /hello /usr/local/bin/hello
CMD ["hello"]
`,
    prints: /^hello$/m,
  },
  {
    name: "a program of Rust on distroless static",
    dockerfile: `
FROM rust:1-trixie AS build
WORKDIR /src
COPY . .
RUN cargo build --release && cp target/release/hello /hello
FROM gcr.io/distroless/static-debian13
COPY --from=build /hello /hello
CMD ["/hello"]
#- Cargo.toml
[package]
name = "hello"
version = "0.1.0"
edition = "2021"
#- src/main.rs
fn main() { println!("hello"); }
`,
    fails: "start",
    says: /no such file or directory/,
    fixed: `
FROM rust:1-trixie AS build
WORKDIR /src
COPY . .
RUN cargo build --release && cp target/release/hello /hello
FROM gcr.io/distroless/cc-debian13
COPY --from=build /hello /hello
CMD ["/hello"]
`,
    prints: /^hello$/m,
  },
  {
    name: "a program of C on distroless static",
    dockerfile: `
FROM rust:1-trixie AS build
WORKDIR /src
COPY hello.c .
RUN gcc -O2 -o /hello hello.c
FROM gcr.io/distroless/static-debian13
COPY --from=build /hello /hello
ENTRYPOINT ["/hello"]
#- hello.c
#include <stdio.h>
int main(void) { puts("hello"); return 0; }
`,
    fails: "start",
    says: /no such file or directory/,
    fixed: `
FROM rust:1-trixie AS build
WORKDIR /src
COPY hello.c .
RUN gcc -O2 -static -o /hello hello.c
FROM gcr.io/distroless/static-debian13
COPY --from=build /hello /hello
ENTRYPOINT ["/hello"]
`,
    prints: /^hello$/m,
  },
];
