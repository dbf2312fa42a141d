import { type AppFacts, behindAuthors, NODE_24 } from "../../app";

export const app: AppFacts = {
  runs: "proof",
  about: "started again and again by a loop of the shell",
  ships: { distroless: /shell/, slim: "node:24-slim" },
  asks: [{ exitCode: 0, stdout: "ping 1\nping 2\nping 3\n" }],
  wrong: behindAuthors(
    "it runs but once",
    /differ in standard output/,
    `FROM ${NODE_24}`,
    "WORKDIR /app",
    "COPY --from=0 /app ./",
    'CMD ["ping.js", "1"]',
  ),
};
