import { type AppFacts, json, NODE_24, typed } from "../../app";

export const app: AppFacts = {
  about: "Next.js with its standalone output, and a public folder",
  ships: { distroless: NODE_24 },
  asks: [
    {
      requests: [
        { request: "GET /berths", answer: json(200, '{"berths":12}') },
        { request: "GET /robots.txt", answer: typed("text/plain; charset=UTF-8")(200, "User-agent: *\n") },
      ],
    },
  ],
  runs: "proof",
};
