import { type AppFacts, behindAuthors, NODE_24 } from "../../app";

export const app: AppFacts = {
  runs: "proof",
  about: "two commands at the start: a migration, then the server",
  ships: { distroless: /&&|two|shell/, slim: "node:24-slim" },
  asks: [{ requests: [{ request: "GET /", answer: "200\nversion 2, kept for 2 days\n" }] }],
  wrong: behindAuthors(
    "the migration is left out",
    /ended with exit code|differently|does not answer/,
    `FROM ${NODE_24}`,
    "WORKDIR /app",
    "COPY --from=0 /app ./",
    "EXPOSE 3000",
    'CMD ["server.js"]',
  ),
};
