import { type AppFacts, behindAuthors, NODE_24 } from "../../app";

export const app: AppFacts = {
  about: "writes a file below a folder that the Dockerfile makes",
  // A volume of an earlier run holds files of root.
  ships: { distroless: "gcr.io/distroless/nodejs24-debian13" },
  asks: [
    {
      requests: [
        { request: "PUT /rope", answer: "200\nrope\n" },
        { request: "PUT /tar", answer: "200\nrope, tar\n" },
      ],
    },
  ],
  wrong: behindAuthors(
    "the data folder belongs to root",
    /ended with exit code|gives no answer|differently/,
    `FROM ${NODE_24}`,
    "WORKDIR /app",
    "COPY --from=0 /app/server.js ./",
    "COPY --from=0 /app/data data",
    "ENV DATA_DIR=/app/data",
    "EXPOSE 3000",
    'CMD ["server.js"]',
  ),
};
