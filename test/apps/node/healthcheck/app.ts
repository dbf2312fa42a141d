import type { AppFacts } from "../../app";

export const app: AppFacts = {
  about: "a HEALTHCHECK that calls curl in a shell",
  ships: { distroless: /HEALTHCHECK|curl/ },
  asks: [
    {
      requests: [
        { request: "GET /health", answer: "200\nfine\n" },
        { request: "GET /", answer: "200\nhello\n" },
      ],
    },
  ],
  pending: true,
};
