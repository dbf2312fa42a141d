import { type AppFacts, behindAuthors, NODE_24 } from "../../app";

export const app: AppFacts = {
  about: "Node 20, which no distroless image has any more",
  ships: { distroless: /Node(\.js)? ?20|nodejs20/, slim: "node:20-slim" },
  asks: [{ requests: [{ request: "GET /", answer: "200\nNode 20, a flash each 5s\n" }] }],
  wrong: behindAuthors(
    "it runs on another Node",
    /differently to GET \//,
    `FROM ${NODE_24}`,
    "WORKDIR /app",
    "COPY --from=0 /app ./",
    "EXPOSE 3000",
    'CMD ["server.js"]',
  ),
  pending: true,
};
