import { type AppFacts, behindAuthors, NODE_24 } from "../../app";

export const app: AppFacts = {
  about: "a HEALTHCHECK that calls curl in a shell",
  ships: { distroless: /HEALTHCHECK|curl/, slim: "node:24-slim" },
  asks: [
    {
      requests: [
        { request: "GET /health", answer: "200\nfine\n" },
        { request: "GET /", answer: "200\nhello\n" },
      ],
    },
  ],
  wrong: behindAuthors(
    "it is shipped without what it serves",
    /ended with exit code/,
    `FROM ${NODE_24}`,
    "WORKDIR /app",
    "EXPOSE 3000",
    'CMD ["server.js"]',
  ),
};
