import { type AppFacts, behindAuthors, NODE_24 } from "../../app";

export const app: AppFacts = {
  about: "a module that comes compiled (bufferutil)",
  ships: { distroless: NODE_24, slim: "node:24-slim" },
  asks: [{ exitCode: 0, stdout: "606c606c6e70 by C\n" }],
  wrong: behindAuthors(
    "the modules are installed without the compiled parts",
    /differ in/,
    "RUN rm -r node_modules/bufferutil/prebuilds",
    `FROM ${NODE_24}`,
    "WORKDIR /app",
    "COPY --from=0 /app ./",
    'CMD ["index.js"]',
  ),
};
