import { type AppFacts, behindAuthors, PYTHON } from "../../app";

export const app: AppFacts = {
  about: "an entrypoint script of bash that chooses the module",
  ships: { distroless: /script|bash|shell|3\.12/, slim: "python:3.12-slim" },
  asks: [
    { exitCode: 0, stdout: "all is well\n" },
    { args: ["report", "the hold"], exitCode: 0, stdout: "all is well in the hold\n" },
  ],
  wrong: behindAuthors(
    "there is no shell for the script",
    /entrypoint\.sh is a script for \/bin\/bash, which is not in the image/,
    `FROM ${PYTHON}`,
    "COPY --from=0 /app /app",
    'ENTRYPOINT ["/app/entrypoint.sh"]',
  ),
};
