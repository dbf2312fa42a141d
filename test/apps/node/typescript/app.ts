import { type AppFacts, behindAuthors, NODE_24, typed } from "../../app";

const text = typed("text/plain");

export const app: AppFacts = {
  about: "TypeScript in ES modules, built and started by npm scripts, with a view beside the output",
  ships: { distroless: NODE_24 },
  asks: [
    {
      requests: [
        { request: "GET /", answer: text(200, "Hello, world!\n") },
        { request: "GET /Ann", answer: text(200, "Hello, Ann!\n") },
      ],
    },
  ],
  wrong: behindAuthors(
    "package.json, which says `type: module`, is not copied; neither are the views",
    /ENOENT: no such file or directory, open '\/app\/views\/hello.txt'/,
    `FROM ${NODE_24}`,
    "WORKDIR /app",
    "COPY --from=0 /app/node_modules node_modules",
    "COPY --from=0 /app/dist dist",
    "ENV PORT=8080",
    "EXPOSE 8080",
    'CMD ["dist/main.js"]',
  ),
};
