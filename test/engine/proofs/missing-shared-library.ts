import type { Proof } from "./proof";

export const proofs: readonly Proof[] = [
  {
    name: "a program of Rust on an image without libgcc_s",
    dockerfile: `
FROM rust:1-trixie AS build
WORKDIR /src
COPY . .
RUN cargo build --release
FROM gcr.io/distroless/base-debian13:nonroot
COPY --from=build /src/target/release/hello /hello
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
    says: /libgcc_s\.so\.1: cannot open shared object file/,
    fixed: `
FROM rust:1-trixie AS build
WORKDIR /src
COPY . .
RUN cargo build --release
FROM gcr.io/distroless/cc-debian13:nonroot
COPY --from=build /src/target/release/hello /hello
CMD ["/hello"]
`,
    prints: /^hello$/m,
  },
  {
    name: "a program of C++ on the same",
    dockerfile: `
FROM rust:1-trixie AS build
WORKDIR /src
COPY hello.cpp .
RUN g++ -o /hello hello.cpp
FROM gcr.io/distroless/base-debian13:nonroot
COPY --from=build /hello /hello
CMD ["/hello"]
#- hello.cpp
#include <iostream>
int main() { std::cout << "hello" << std::endl; }
`,
    fails: "start",
    says: /: cannot open shared object file/,
    fixed: `
FROM rust:1-trixie AS build
WORKDIR /src
COPY hello.cpp .
RUN g++ -o /hello hello.cpp
FROM gcr.io/distroless/cc-debian13:nonroot
COPY --from=build /hello /hello
CMD ["/hello"]
`,
    prints: /^hello$/m,
  },
];
