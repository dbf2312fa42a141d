import { type AppFacts, behindAuthors, NODE_24, typed } from "../../app";

const json = typed("application/json; charset=utf-8");
const text = typed("text/plain; charset=utf-8");

export const app: AppFacts = {
  about: "Express, started by `npm start`, with a linter among its dependencies",
  ships: { distroless: NODE_24 },
  asks: [
    {
      requests: [
        { request: "GET /", answer: text(200, "2 harbours\n") },
        { request: "GET /tides/dover", answer: json(200, '{"high":["04:12","16:40"]}') },
        { request: "GET /tides/rome", answer: json(404, '{"error":"no such harbour"}') },
      ],
    },
  ],
  wrong: behindAuthors(
    "the modules are not copied",
    /Cannot find module 'express'/,
    `FROM ${NODE_24}`,
    "WORKDIR /usr/src/app",
    "COPY --from=0 /usr/src/app/server.js /usr/src/app/package.json ./",
    "EXPOSE 3000",
    'CMD ["server.js"]',
  ),
};
