import { type AppFacts, behindAuthors, html, PYTHON } from "../../app";

export const app: AppFacts = {
  about: "Django by `manage.py runserver`, with templates inside a package",
  ships: { distroless: PYTHON, slim: "python:3.13-slim" },
  asks: [{ requests: [{ request: "GET /", answer: html(200, "<ol><li>Cast off</li><li>Set sail</li></ol>\n") }] }],
  wrong: behindAuthors(
    "only the Python files are copied",
    /differently to GET \//,
    "RUN find . -type f ! -name '*.py' -delete",
    `FROM ${PYTHON}`,
    "WORKDIR /code",
    "COPY --from=0 /usr/local/lib/python3.13/site-packages /usr/local/lib/python3.13/dist-packages",
    "COPY --from=0 /code ./",
    "EXPOSE 8000",
    'CMD ["manage.py", "runserver", "0.0.0.0:8000", "--noreload"]',
  ),
};
