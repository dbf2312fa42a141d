import { type AppFacts, behindAuthors, html, PYTHON } from "../../app";

export const app: AppFacts = {
  about: "Flask on Python 3.12, which no distroless image has",
  ships: { distroless: /3\.12/, slim: "python:3.12-slim" },
  asks: [{ requests: [{ request: "GET /", answer: html(200, "Hello from Python 3.12\n") }] }],
  wrong: behindAuthors(
    "it runs on another Python",
    /differently to GET \/|ended with exit code/,
    `FROM ${PYTHON}`,
    "WORKDIR /app",
    "COPY --from=0 /usr/local/lib/python3.12/site-packages /usr/local/lib/python3.13/dist-packages",
    "COPY --from=0 /app ./",
    "EXPOSE 5000",
    'CMD ["app.py"]',
  ),
};
