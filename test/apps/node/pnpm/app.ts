import { type AppFacts, behindAuthors, NODE_24, typed } from "../../app";

const json = typed("application/json; charset=utf-8");

export const app: AppFacts = {
  about: "Koa by pnpm, whose node_modules are links, started by `pnpm start`",
  ships: { distroless: NODE_24 },
  asks: [
    {
      requests: [
        { request: "GET /", answer: json(200, '{"flag":"Blue Peter"}') },
        { request: "GET /overboard", answer: json(200, '{"flag":"Oscar"}') },
      ],
    },
  ],
  wrong: behindAuthors(
    "of node_modules only the links are copied",
    /Cannot find module 'on-finished'/,
    `FROM ${NODE_24}`,
    "WORKDIR /app",
    "COPY --from=0 /app/package.json /app/server.js ./",
    "COPY --from=0 /app/node_modules/koa node_modules/koa",
    "EXPOSE 3000",
    'CMD ["server.js"]',
  ),
};
