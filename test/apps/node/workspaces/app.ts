import { type AppFacts, behindAuthors, NODE_24 } from "../../app";

export const app: AppFacts = {
  about: "npm workspaces: a server, and a package of the same repository that node_modules links to",
  ships: { distroless: NODE_24 },
  asks: [{ requests: [{ request: "GET /", answer: "200\nCalypso: 12d\nFram: 1095d\n" }] }],
  wrong: behindAuthors(
    "the package that node_modules links to is not copied",
    /Cannot find module '@fleet\/ships'/,
    `FROM ${NODE_24}`,
    "WORKDIR /repo/packages/api",
    "COPY --from=0 /repo/node_modules /repo/node_modules",
    "COPY --from=0 /repo/packages/api ./",
    "EXPOSE 3000",
    'CMD ["index.js"]',
  ),
  bothEngines: true,
};
