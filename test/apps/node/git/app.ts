import { type AppFacts, behindAuthors } from "../../app";

export const app: AppFacts = {
  about: "calls git, by a package",
  ships: { distroless: /simple-git, which calls the program git/, slim: "node:24-slim" },
  asks: [{ exitCode: 0, stdout: "flood after ebb\n" }],
  wrong: behindAuthors(
    "git is left behind",
    /differ in exit code/,
    "FROM node:24-slim",
    "WORKDIR /app",
    "COPY --from=0 /app ./",
    'CMD ["node", "history.js"]',
  ),
};
