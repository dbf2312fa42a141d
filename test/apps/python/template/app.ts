import { type AppFacts, behindAuthors, html, PYTHON } from "../../app";

export const app: AppFacts = {
  about: "what an editor writes for Flask: a user of its own, `chown -R`, gunicorn in exec form",
  ships: { distroless: PYTHON },
  asks: [{ requests: [{ request: "GET /", answer: html(200, "steady as she goes\n") }] }],
  wrong: behindAuthors(
    "its user is not known there",
    /could not be started/,
    `FROM ${PYTHON}`,
    "WORKDIR /app",
    "COPY --from=0 /usr/local/lib/python3.13/site-packages /usr/local/lib/python3.13/dist-packages",
    "COPY --from=0 /app ./",
    "USER appuser",
    "EXPOSE 5002",
    'CMD ["-m", "gunicorn", "--bind", "0.0.0.0:5002", "app:app"]',
  ),
};
