import { expect, test } from "vitest";
import { testRecipe } from "../../kit/rule";

/** Programs of Rust, and the rung that each needs. */
const { rewrites, refuses, offer } = testRecipe("split-build-stage");

const HELLO = 'fn main() {\n    println!("hello");\n}\n';
const MANIFEST = '[package]\nname = "hello"\nversion = "0.1.0"\nedition = "2021"\n';

function program(
  source: string,
  options: {
    readonly from?: string;
    readonly build?: string;
    readonly start?: string;
    readonly manifest?: string;
    readonly files?: string;
  } = {},
): string {
  const { from = "rust:1", build = "cargo build --release", start = './target/release/hello"' } = options;
  const { manifest = MANIFEST, files = "" } = options;
  return `FROM ${from}\nWORKDIR /src\nCOPY . .\nRUN ${build}\nCMD ["${start.replace(/"$/, "")}"]\n#- Cargo.toml\n${manifest}#- src/main.rs\n${source}${files}`;
}

rewrites(
  "a plain program, by a relative path",
  "distroless",
  program(HELLO),
  `FROM rust:1 AS build
WORKDIR /src
COPY . .
RUN cargo build --release

FROM gcr.io/distroless/cc-debian13:nonroot
WORKDIR /src
COPY --from=build /src/target/release/hello /src/target/release/hello
CMD ["./target/release/hello"]
`,
);

rewrites(
  "cargo install, found by PATH",
  "distroless",
  program(HELLO, { build: "cargo install --path .", start: "hello" }),
  `FROM rust:1 AS build
WORKDIR /src
COPY . .
RUN cargo install --path .

FROM gcr.io/distroless/cc-debian13:nonroot
WORKDIR /src
COPY --from=build /usr/local/cargo/bin/hello /usr/local/bin/hello
CMD ["hello"]
`,
);

rewrites(
  "musl, which needs no C library",
  "scratch",
  program(HELLO, {
    build: "rustup target add x86_64-unknown-linux-musl && cargo build --release --target x86_64-unknown-linux-musl",
    start: "/src/target/x86_64-unknown-linux-musl/release/hello",
  }),
  `FROM rust:1 AS build
WORKDIR /src
COPY . .
RUN rustup target add x86_64-unknown-linux-musl && cargo build --release --target x86_64-unknown-linux-musl

FROM scratch
WORKDIR /src
COPY --from=build /src/target/x86_64-unknown-linux-musl/release/hello /src/target/x86_64-unknown-linux-musl/release/hello
CMD ["/src/target/x86_64-unknown-linux-musl/release/hello"]
`,
);

rewrites(
  "without the folder, by what the image starts",
  "distroless",
  'FROM rust:1\nWORKDIR /src\nCOPY . .\nRUN cargo build --release && cp target/release/web /usr/local/bin/web\nCMD ["web"]\n',
  `FROM rust:1 AS build
WORKDIR /src
COPY . .
RUN cargo build --release && cp target/release/web /usr/local/bin/web

FROM gcr.io/distroless/cc-debian13:nonroot
WORKDIR /src
COPY --from=build /usr/local/bin/web /usr/local/bin/web
CMD ["web"]
`,
);

const WORKSPACE = '[workspace]\nmembers = ["crates/*"]\nresolver = "2"\n';
const MEMBER = (name: string, more = "") =>
  `#- crates/${name}/Cargo.toml\n[package]\nname = "${name}"\nversion = "0.1.0"\n${more}`;

rewrites(
  "one program of a workspace, with a library of its own and a file that it reads",
  "distroless",
  program("", {
    manifest: WORKSPACE,
    build: "cargo build --release -p server",
    start: "./target/release/server",
    files: `${MEMBER("server", '[dependencies]\npages = { path = "../pages" }\n')}#- crates/server/src/main.rs
fn main() { println!("{}", pages::page()); }
${MEMBER("pages")}#- crates/pages/src/lib.rs
pub fn page() -> String { std::fs::read_to_string("assets/page.html").unwrap() }
${MEMBER("other")}#- crates/other/src/main.rs
fn main() { std::process::Command::new("git"); }
#- assets/page.html
<p>
`,
  }),
  `FROM rust:1 AS build
WORKDIR /src
COPY . .
RUN cargo build --release -p server

FROM gcr.io/distroless/cc-debian13:nonroot
WORKDIR /src
COPY --from=build /src/target/release/server /src/target/release/server
COPY --from=build /src/assets/page.html /src/assets/page.html
CMD ["./target/release/server"]
`,
);

refuses(
  "another program that it starts",
  "distroless",
  program('use std::process::Command;\nfn main() { Command::new("git").status(); }\n'),
  "The program starts other programs (Command::new in src/main.rs), which a minimal image has not; a slim image can have them.",
);

refuses(
  "a glibc that is newer than that of the final image",
  "distroless",
  program(HELLO, {
    from: "ubuntu:26.04",
    build: "apt-get update && apt-get install -y cargo && cargo build --release",
  }),
  /built with glibc 2\.43, and distroless cc-debian13 has 2\.41/,
);

test("the offer names the rung, and says why the next smaller one is not", () => {
  const { title, assumes } = offer(program(HELLO), "distroless");
  expect(title).toMatch(/ship on distroless cc \(/);
  expect(assumes[0]).toContain("cargo links it with glibc and libgcc_s");
});
