import { type AppFacts, behindAuthors, NODE_24 } from "../../app";

export const app: AppFacts = {
  runs: "proof",
  about: "a file that `sed -i` edits after the build",
  ships: { distroless: NODE_24 },
  asks: [{ exitCode: 0, stdout: "release 1.4.0\n" }],
  wrong: behindAuthors(
    "the file is taken from the context, as it was before it was edited",
    /differ in standard output/,
    `FROM ${NODE_24}`,
    "WORKDIR /app",
    "COPY src dist",
    'CMD ["dist/about.js"]',
  ),
};
