import { type AppFacts, behindAuthors, NODE_24 } from "../../app";

export const app: AppFacts = {
  runs: "proof",
  about: "runs a program of Debian's (bc), installed beside one that it does not need",
  ships: { distroless: /bc/, slim: "node:24-slim" },
  asks: [{ stdin: "2^70\n1/8\n", exitCode: 0, stdout: "1180591620717411303424\n.12500000000000000000\n" }],
  wrong: behindAuthors(
    "the program is missing",
    /differ in exit code/,
    `FROM ${NODE_24}`,
    "WORKDIR /app",
    "COPY --from=0 /app ./",
    'CMD ["calculate.js"]',
  ),
};
