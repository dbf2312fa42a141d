import { type AppFacts, behindAuthors, NODE_24 } from "../../app";

export const app: AppFacts = {
  runs: "proof",
  about: "Node 20, which no distroless image has any more: a newer Node is offered, and slim of the same",
  ships: { distroless: NODE_24, slim: "node:20-slim" },
  asks: [{ requests: [{ request: "GET /", answer: "200\na flash each 5s\n" }] }],
  wrong: behindAuthors(
    "the modules are not copied",
    /Cannot find module 'ms'/,
    `FROM ${NODE_24}`,
    "WORKDIR /app",
    "COPY --from=0 /app/server.js ./",
    "EXPOSE 3000",
    'CMD ["server.js"]',
  ),
};
