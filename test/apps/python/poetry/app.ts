import { type AppFacts, behindAuthors, PYTHON } from "../../app";

export const app: AppFacts = {
  about: "poetry with its environment in the project, started by `poetry run`",
  ships: { distroless: PYTHON },
  asks: [{ exitCode: 0, stdout: "three biscuits\n" }],
  wrong: behindAuthors(
    "poetry is not there",
    /could not be started/,
    `FROM ${PYTHON}`,
    "WORKDIR /app",
    "COPY --from=0 /app/.venv/lib/python3.13/site-packages /usr/local/lib/python3.13/dist-packages",
    "COPY --from=0 /app ./",
    'ENTRYPOINT ["poetry", "run", "python", "-m", "ration"]',
  ),
};
