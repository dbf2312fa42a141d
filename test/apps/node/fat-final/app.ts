import { type AppFacts, behindAuthors, NODE_24, typed } from "../../app";

export const app: AppFacts = {
  about: "a build stage already, and node:24-slim behind it",
  ships: { distroless: NODE_24 },
  recipe: "slim-final-stage",
  asks: [{ requests: [{ request: "GET /", answer: typed("text/plain")(200, "a watch has 4 hours (production)\n") }] }],
  wrong: behindAuthors(
    "the command names node, which the entrypoint is already",
    /Cannot find module '\/app\/node'/,
    `FROM ${NODE_24}`,
    "WORKDIR /app",
    "ENV NODE_ENV=production",
    "COPY --from=build /app/dist ./dist",
    "COPY --from=build /app/node_modules ./node_modules",
    "EXPOSE 8080",
    'CMD ["node", "dist/main.js"]',
  ),
};
