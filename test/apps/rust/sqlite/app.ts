import { type AppFacts, behindAuthors, CC } from "../../app";

export const app: AppFacts = {
  about: "SQLite by Debian's library, which a crate links to",
  ships: { distroless: CC, slim: "debian:trixie-slim" },
  asks: [{ exitCode: 0, stdout: "42 tons sold\n" }],
  wrong: behindAuthors(
    "the library is missing",
    /libsqlite3|differ in exit code/,
    `FROM ${CC}`,
    "WORKDIR /app",
    "COPY --from=0 /app/target/release/ledger target/release/ledger",
    'CMD ["./target/release/ledger"]',
  ),
};
