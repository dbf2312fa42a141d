import { type AppFacts, behindAuthors, NODE_22, typed } from "../../app";

const json = typed("application/json; charset=utf-8");

export const app: AppFacts = {
  about: "Fastify by yarn 1, started by `yarn start` with a flag for node",
  ships: { distroless: NODE_22 },
  asks: [{ requests: [{ request: "GET /mirror/stern", answer: json(200, '{"mirrored":"nrets"}') }] }],
  wrong: behindAuthors(
    "yarn is started, which is not there",
    /Cannot find module '\/app\/yarn'/,
    `FROM ${NODE_22}`,
    "WORKDIR /app",
    "COPY --from=0 /app ./",
    "EXPOSE 3000",
    'CMD ["yarn", "start"]',
  ),
};
