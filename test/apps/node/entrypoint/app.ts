import { type AppFacts, behindAuthors, NODE_24 } from "../../app";

export const app: AppFacts = {
  about: "an entrypoint script that sets a variable",
  ships: { distroless: /script|shell/, slim: "node:24-slim" },
  asks: [{ exitCode: 0, stdout: "Ahoy, sailor!\n" }],
  wrong: behindAuthors(
    "the script is left out",
    /differ in standard output/,
    `FROM ${NODE_24}`,
    "WORKDIR /app",
    "COPY --from=0 /app/greet.js ./",
    'CMD ["greet.js"]',
  ),
};
