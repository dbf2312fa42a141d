import { type AppFacts, behindAuthors, PYTHON } from "../../app";

export const app: AppFacts = {
  about: "psycopg2 compiled as it is installed: it needs libpq at run time, and the compiler no more",
  ships: { distroless: /libpq/, slim: "python:3.13-slim" },
  asks: [{ exitCode: 0, stdout: "libpq 17\nlog\nrefused\n" }],
  wrong: behindAuthors(
    "libpq is missing",
    /libpq|differ in exit code/,
    `FROM ${PYTHON}`,
    "WORKDIR /app",
    "COPY --from=0 /usr/local/lib/python3.13/site-packages /usr/local/lib/python3.13/dist-packages",
    "COPY --from=0 /app ./",
    'CMD ["app.py"]',
  ),
};
