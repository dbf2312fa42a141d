import { type AppFacts, behindAuthors, html, json, PYTHON } from "../../app";

const page = "<!doctype html>\n<title>Ports</title>\n<ul>\n<li>rotterdam: 14.5 m</li>\n<li>genoa: 15.0 m</li>\n</ul>";

export const app: AppFacts = {
  about: "Flask with templates, started by gunicorn in shell form",
  ships: { distroless: PYTHON, slim: "python:3.13-slim" },
  asks: [
    {
      requests: [
        { request: "GET /", answer: html(200, page) },
        { request: "GET /ports/genoa", answer: json(200, '{"depth":15.0,"name":"genoa"}\n') },
        { request: "GET /ports/bern", answer: json(404, '{"error":"no such port"}\n') },
      ],
    },
  ],
  wrong: behindAuthors(
    "gunicorn is started by its script, whose interpreter is not there",
    /gunicorn is a script for \/usr\/local\/bin\/python3, which is not in the image/,
    `FROM ${PYTHON}`,
    "WORKDIR /app",
    "COPY --from=0 /usr/local/lib/python3.13/site-packages /usr/local/lib/python3.13/dist-packages",
    "COPY --from=0 /usr/local/bin/gunicorn /usr/local/bin/",
    "COPY --from=0 /app ./",
    "EXPOSE 8000",
    'ENTRYPOINT ["gunicorn", "app:app", "--bind", "0.0.0.0:8000"]',
  ),
};
