import { type AppFacts, behindAuthors, json, NODE_22, typed } from "../../app";

export const app: AppFacts = {
  about: "reads JSON by require, and files of a folder beside it",
  ships: { distroless: NODE_22 },
  asks: [
    {
      requests: [
        { request: "GET /islands", answer: json(200, '["Jersey","Sark","Herm"]') },
        { request: "GET /style.css", answer: typed("text/css")(200, "body { margin: 2em; }\n") },
        { request: "GET /none.css", answer: typed("text/plain")(404, "nothing here\n") },
      ],
    },
  ],
  wrong: behindAuthors(
    "the public folder is not copied",
    /differently to GET \/style\.css\./,
    `FROM ${NODE_22}`,
    "WORKDIR /srv/app",
    "COPY --from=0 /srv/app/server.js ./",
    "COPY --from=0 /srv/app/data data",
    "EXPOSE 8080",
    'CMD ["server.js"]',
  ),
};
