import { type AppFacts, behindAuthors, NODE_24 } from "../../app";

export const app: AppFacts = {
  runs: "proof",
  about: "`npm start` with a `prestart`, which writes what the program reads",
  ships: { distroless: /prestart/, slim: "node:24-slim" },
  asks: [{ requests: [{ request: "GET /", answer: "200\nNW 5\n" }] }],
  wrong: behindAuthors(
    "`prestart` is left out",
    /ENOENT: no such file or directory, open 'wind.json'/,
    `FROM ${NODE_24}`,
    "WORKDIR /app",
    "COPY --from=0 /app ./",
    "EXPOSE 3000",
    'CMD ["forecast.js"]',
  ),
};
