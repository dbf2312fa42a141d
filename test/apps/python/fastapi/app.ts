import { type AppFacts, behindAuthors, json, PYTHON } from "../../app";

export const app: AppFacts = {
  runs: "proof",
  about: "FastAPI on uvicorn, at port 80, with compiled wheels",
  ships: { distroless: PYTHON, slim: "python:3.13-slim" },
  asks: [{ requests: [{ request: "GET /buoys/7", answer: json(200, '{"number":7,"colour":"red"}') }] }],
  wrong: behindAuthors(
    "the script is called, which is not in the PATH there",
    /uvicorn/,
    `FROM ${PYTHON}`,
    "WORKDIR /code",
    "COPY --from=0 /usr/local/lib/python3.13/site-packages /usr/local/lib/python3.13/dist-packages",
    "COPY --from=0 /code/app app",
    "EXPOSE 80",
    'CMD ["uvicorn", "app.main:app", "--host", "0.0.0.0", "--port", "80"]',
  ),
};
