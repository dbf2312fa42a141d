import { type AppFacts, behindAuthors, NODE_24 } from "../../app";

export const app: AppFacts = {
  about: "what an editor writes for Node: modules moved up a folder, `chown -R`, USER node, `npm start`",
  ships: { distroless: NODE_24 },
  asks: [{ requests: [{ request: "GET /", answer: "200\neight bells after 4h\n" }] }],
  wrong: behindAuthors(
    "the modules lie in a folder above, which is not copied",
    /Cannot find module 'ms'/,
    `FROM ${NODE_24}`,
    "WORKDIR /usr/src/app",
    "COPY --from=0 /usr/src/app ./",
    "EXPOSE 3000",
    'CMD ["index.js"]',
  ),
};
