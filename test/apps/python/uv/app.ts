import { type AppFacts, behindAuthors, PYTHON } from "../../app";

export const app: AppFacts = {
  about: "uv with its lock file and .venv, started by `uv run`",
  ships: { distroless: PYTHON },
  asks: [{ exitCode: 0, stdout: "40th parallel\n" }],
  wrong: behindAuthors(
    "the environment's python is a link to one that is not there",
    /could not be started/,
    `FROM ${PYTHON}`,
    "WORKDIR /app",
    "COPY --from=0 /app ./",
    'ENTRYPOINT ["/app/.venv/bin/python", "main.py"]',
  ),
};
