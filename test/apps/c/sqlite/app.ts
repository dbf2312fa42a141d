import { type AppFacts, behindAuthors, CC } from "../../app";

export const app: AppFacts = {
  about: "C with SQLite by Debian's library, built by make",
  ships: { distroless: CC, slim: "debian:trixie-slim" },
  asks: [{ stdin: "rope\ntar\ngold\n", exitCode: 0, stdout: "rope: 24\ntar: 3\ngold: 0\n" }],
  wrong: behindAuthors(
    "the library is missing",
    /libsqlite3|differ in exit code/,
    `FROM ${CC}`,
    "WORKDIR /app",
    "COPY --from=0 /app/app ./",
    'CMD ["./app"]',
  ),
};
