import { type AppFacts, behindAuthors, PYTHON } from "../../app";

export const app: AppFacts = {
  runs: "proof",
  about: "reads one file beside its own, and another below the folder that it starts in",
  ships: { distroless: PYTHON, slim: "python:3.13-slim" },
  asks: [{ exitCode: 0, stdout: "2026-11-24: full\n2026-12-09: new\n" }],
  wrong: behindAuthors(
    "it starts in another folder",
    /differ in exit code/,
    `FROM ${PYTHON}`,
    "COPY --from=0 /usr/src/app /usr/src/app",
    'CMD ["/usr/src/app/almanac.py"]',
  ),
};
