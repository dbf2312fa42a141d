import { type AppFacts, behindAuthors, PYTHON } from "../../app";

export const app: AppFacts = {
  about: "a virtual environment in /opt, its python found by PATH",
  ships: { distroless: PYTHON, slim: /stands on python:3\.13-slim already/ },
  asks: [{ exitCode: 0, stdout: "a watch has 4 hours\n" }],
  wrong: behindAuthors(
    "the environment's python is a link to one that is not there",
    /is a script for \/opt\/venv\/bin\/python, which is not in the image/,
    `FROM ${PYTHON}`,
    "COPY --from=0 /opt/venv /opt/venv",
    'ENV PATH="/opt/venv/bin:$PATH"',
    "WORKDIR /app",
    "COPY --from=0 /app ./",
    'ENTRYPOINT ["python", "bell.py"]',
  ),
  bothEngines: true,
};
