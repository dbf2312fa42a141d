import { describe, expect, test } from "vitest";
import { Analysis } from "../../../server/src/core";
import { fixture } from "../../kit/fixture";
import { testRule } from "../../kit/rule";

const { finds, ignores, fixes } = testRule("missing-shared-library");

const RUST = `#- Cargo.toml
  [package]
  name = "hello"
  #- src/main.rs
  fn main() {}`;
const rust = (final: string, mark = "", files = RUST) => `
  FROM rust:1-trixie AS build
  WORKDIR /src
  COPY . .
  RUN cargo build --release
  ${mark}
  ${final.split("\n").join("\n  ")}
  COPY --from=build /src/target/release/hello /hello
  CMD ["/hello"]
  ${files}
  `;
const marked = (final: string, message: string) => rust(final, `#   ^^^^^^^^^^^^^^^^^^^^^ ${message}`);

finds(
  "Rust on an image without the compiler's libraries",
  marked(
    "FROM gcr.io/distroless/base-debian13:nonroot",
    "The program is linked with libgcc_s, and gcr.io/distroless/base-debian13:nonroot has none.",
  ),
);
finds(
  "C++ on the same",
  `
  FROM gcc:14 AS build
  COPY main.cpp .
  RUN g++ -O2 -o /app main.cpp
  #   ^^^^^^^^^^^^^^^^^^^^^^^^ The program is linked with libstdc++, and gcr.io/distroless/base-debian13 has none.
  FROM gcr.io/distroless/base-debian13
  COPY --from=build /app /app
  CMD ["/app"]
  `,
);
finds(
  "a library that no distroless image has",
  `
  FROM gcc:14 AS build
  COPY main.c .
  RUN gcc main.c -lcurl -lz -lm -o /app
  #   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ The program is linked with libcurl, and gcr.io/distroless/cc-debian13 has none.
  FROM gcr.io/distroless/cc-debian13
  COPY --from=build /app /app
  CMD ["/app"]
  `,
);

ignores("an image that has them", rust("FROM gcr.io/distroless/cc-debian13"));
ignores("one of which it is not known", rust("FROM example.com/own"));
ignores("one without any C library: that is another finding", rust("FROM gcr.io/distroless/static-debian13"));
ignores(
  "libraries that are copied along",
  rust(
    "FROM gcr.io/distroless/base-debian13\nCOPY --from=build /lib/x86_64-linux-gnu/libgcc_s.so.1 /lib/x86_64-linux-gnu/",
  ),
);
ignores("a folder of their own", rust("FROM gcr.io/distroless/base-debian13\nENV LD_LIBRARY_PATH=/opt/libs"));
ignores("packages of the final stage", rust("FROM ubuntu:24.04\nRUN apt-get update && apt-get install -y libgcc-s1"));
ignores(
  "C++ that brings its own",
  `
  FROM gcc:14 AS build
  COPY main.cpp .
  RUN g++ -static-libstdc++ -static-libgcc -o /app main.cpp
  FROM gcr.io/distroless/base-debian13
  COPY --from=build /app /app
  CMD ["/app"]
  `,
);

fixes(
  "the rung that has them",
  "Ship on gcr.io/distroless/cc-debian13, which has libgcc_s",
  rust("FROM gcr.io/distroless/base-debian13:nonroot"),
  rust("FROM gcr.io/distroless/cc-debian13:nonroot"),
);

const wheel = (install: string, final: string, copy: string, mark = "", files = "") => `
  FROM python:3.13 AS build
  WORKDIR /src
  COPY requirements.txt .
  RUN ${install}
  ${mark}
  FROM ${final}
  COPY --from=build ${copy} ${copy}
  CMD ["python3", "/app.py"]
  ${files}
  `;
const SITE = "/usr/local/lib/python3.13/site-packages";
const loaded = (install: string, final: string, copy: string, files = "", name = "psycopg2 is linked with libpq") =>
  wheel(install, final, copy, `#   ${"^".repeat(install.length)} ${name}, and ${final} has none.`, files);

finds("psycopg2 by its name", loaded("pip install --no-cache-dir psycopg2==2.9.11", "python:3.13-slim", SITE));
finds(
  "mysqlclient of a requirements file, in a virtual environment",
  loaded(
    "/venv/bin/pip install -r requirements.txt",
    "python:3.13-slim",
    "/venv",
    "#- requirements.txt\n  flask>=3\n  MySQLclient~=2.2 # the driver",
    "mysqlclient is linked with libmariadb",
  ),
);
ignores("the wheel that brings it", wheel("pip install psycopg2-binary", "python:3.13-slim", SITE));
ignores("an image that has it", wheel("pip install psycopg2", "python:3.13", SITE));
ignores(
  "an image with packages",
  wheel("pip install psycopg2", "python:3.13-slim\n  RUN apt-get install -y libpq5", SITE),
);
ignores("packages that are not copied", wheel("pip install psycopg2", "python:3.13-slim", "/src"));
ignores("requirements that were not seen", wheel("pip install -r requirements.txt", "python:3.13-slim", SITE));

const lock = (...names: readonly string[]) =>
  `${RUST}\n  #- Cargo.lock\n  version = 4${names.map((name) => `\n  [[package]]\n  name = "${name}"\n  version = "1.0.0"`).join("")}`;
finds(
  "the system's OpenSSL, which Debian 12 has not",
  rust(
    "FROM debian:bookworm-slim",
    "#   ^^^^^^^^^^^^^^^^^^^^^ The program is linked with libssl, and debian:bookworm-slim has none.",
    lock("openssl-sys"),
  ),
);
ignores("an OpenSSL of its own", rust("FROM debian:bookworm-slim", "", lock("openssl-src", "openssl-sys")));
ignores("an image that has OpenSSL", rust("FROM gcr.io/distroless/cc-debian13", "", lock("openssl-sys")));
ignores("one of which that is not known", rust("FROM debian:trixie-slim", "", lock("openssl-sys")));

describe("missing-shared-library is certain of what surely is linked as usual", () => {
  const confidence = (before: string, files = "", build = "cargo build --release") => {
    const { text, project } = fixture(`
      FROM rust:1-trixie AS build
      WORKDIR /src
      ${before}
      RUN ${build}
      FROM gcr.io/distroless/base-debian13
      COPY --from=build /src/target/release/hello /hello
      CMD ["/hello"]
      ${files}`);
    return new Analysis(text, project).findings.find(({ rule }) => rule.id === "missing-shared-library")?.confidence;
  };
  const SEEN = "#- Cargo.toml\n      [package]";

  test("a folder that was seen, or of which nothing is there", () => {
    expect(confidence("COPY . .", SEEN)).toBe("certain");
    expect(confidence("RUN cargo init --name hello")).toBe("certain");
    expect(confidence("COPY . .")).toBe("likely");
  });
  test("flags that only tune", () => {
    expect(confidence('ENV RUSTFLAGS="-C target-cpu=native"\n      COPY . .', SEEN)).toBe("certain");
    expect(confidence('ENV RUSTFLAGS="-C link-arg=-s"\n      COPY . .', SEEN)).toBe("likely");
  });
  test("nothing where cargo's own configuration was not read", () => {
    expect(confidence("COPY . .", "#- .cargo/config.toml\n      [build]")).toBeUndefined();
  });
});
