import { type AppFacts, BASE, behindAuthors, CC, typed } from "../../app";

const text = typed("text/plain");

export const app: AppFacts = {
  about: "a server of the standard library alone, named by Cargo.toml",
  ships: { distroless: CC },
  asks: [
    {
      requests: [
        { request: "GET /", answer: text(200, "Hello from Rust at /\n") },
        { request: "GET /deck", answer: text(200, "Hello from Rust at /deck\n") },
      ],
    },
  ],
  wrong: behindAuthors(
    "libgcc is missing",
    /ended with exit code/,
    `FROM ${BASE}`,
    "WORKDIR /src",
    "COPY --from=0 /src/target/release/hello target/release/hello",
    "EXPOSE 8080",
    'CMD ["./target/release/hello"]',
  ),
};
