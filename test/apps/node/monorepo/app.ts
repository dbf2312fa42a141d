import { type AppFacts, behindAuthors, NODE_24 } from "../../app";

export const app: AppFacts = {
  about: "a service of a monorepo: its Dockerfile lies in a folder of the context, and it reads a library beside it",
  ships: { distroless: NODE_24 },
  dockerfile: "services/clock/Dockerfile",
  asks: [{ requests: [{ request: "GET /", answer: "200\nLisbon 0ms\nAthens 2h\n" }] }],
  wrong: behindAuthors(
    "the library is not copied",
    /Cannot find module '\.\.\/\.\.\/libs\/zones'/,
    `FROM ${NODE_24}`,
    "WORKDIR /repo/services/clock",
    "COPY --from=0 /repo/services/clock ./",
    "EXPOSE 3000",
    'CMD ["clock.js"]',
  ),
};
