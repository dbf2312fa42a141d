import { type AppFacts, behindAuthors, json, PYTHON } from "../../app";

export const app: AppFacts = {
  about: "two commands at the start: Django's migrations, then gunicorn",
  ships: { distroless: /&&|two|shell/, slim: "python:3.13-slim" },
  asks: [{ requests: [{ request: "GET /crew/", answer: json(200, '{"crew": ["Ishmael"]}') }] }],
  wrong: behindAuthors(
    "the migrations are left out",
    /differently to GET \/crew\//,
    `FROM ${PYTHON}`,
    "WORKDIR /code",
    "COPY --from=0 /usr/local/lib/python3.13/site-packages /usr/local/lib/python3.13/dist-packages",
    "COPY --from=0 --chown=65532:65532 /code ./",
    "EXPOSE 8000",
    'CMD ["-m", "gunicorn", "-b", "0.0.0.0:8000", "crew_site.wsgi"]',
  ),
};
