import { type AppFacts, behindAuthors, NODE_24, text } from "../../app";

export const app: AppFacts = {
  about: "a shell-form CMD that sets variables for the program, as Next.js had it",
  ships: { distroless: NODE_24, slim: "node:24-slim" },
  asks: [{ requests: [{ request: "GET /", answer: text(200, "heard on 0.0.0.0:3000\n") }] }],
  wrong: behindAuthors(
    "the variables are left behind",
    /differently to GET \/|does not answer|ended with exit code/,
    `FROM ${NODE_24}`,
    "WORKDIR /app",
    "COPY --from=0 /app ./",
    "EXPOSE 3000",
    'CMD ["server.js"]',
  ),
};
