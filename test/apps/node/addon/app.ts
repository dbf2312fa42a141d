import { type AppFacts, behindAuthors, NODE_24 } from "../../app";

export const app: AppFacts = {
  runs: "proof",
  about: "a module in C++ of its own, built by node-gyp as it is installed",
  ships: { distroless: NODE_24, slim: "node:24-slim" },
  asks: [{ exitCode: 0, stdout: "54.680665 fathoms\n" }],
  wrong: behindAuthors(
    "the compiled module is not copied",
    /differ in exit code/,
    `FROM ${NODE_24}`,
    "WORKDIR /app",
    "COPY --from=0 /app/index.js /app/package.json ./",
    'CMD ["index.js"]',
  ),
};
