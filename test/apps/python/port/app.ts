import { type AppFacts, behindAuthors, PYTHON, typed } from "../../app";

export const app: AppFacts = {
  about: "gunicorn in shell form with `exec` and $PORT, which it reads by itself",
  ships: { distroless: PYTHON, slim: /stands on python:3\.13-slim already/ },
  asks: [{ requests: [{ request: "GET /", answer: typed("text/plain")(200, "port 8080, threads True\n") }] }],
  wrong: behindAuthors(
    "nothing replaces the variable",
    /ended with exit code|does not answer/,
    `FROM ${PYTHON}`,
    "WORKDIR /app",
    "COPY --from=0 /usr/local/lib/python3.13/site-packages /usr/local/lib/python3.13/dist-packages",
    "COPY --from=0 /app ./",
    "ENV PORT=8080",
    'CMD ["-m", "gunicorn", "--bind", ":$PORT", "main:app"]',
  ),
};
