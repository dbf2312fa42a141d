import { type AppFacts, behindAuthors, NODE_24 } from "../../app";

export const app: AppFacts = {
  about: "a shell-form CMD that gives $PORT as an argument",
  ships: { distroless: /\$\{?PORT|variable/, slim: "node:24-slim" },
  asks: [{ requests: [{ request: "GET /", answer: "200\nport 8080\n" }] }],
  wrong: behindAuthors(
    "nothing replaces the variable",
    /does not answer at port 8080/,
    `FROM ${NODE_24}`,
    "WORKDIR /app",
    "COPY --from=0 /app/server.js ./",
    "ENV PORT=8080",
    "EXPOSE 8080",
    'CMD ["server.js", "--port", "$PORT"]',
  ),
};
