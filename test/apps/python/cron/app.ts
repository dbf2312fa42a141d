import { type AppFacts, behindAuthors, PYTHON } from "../../app";

export const app: AppFacts = {
  about: "a crontab, and a start by `sh -c`",
  ships: { distroless: /shell|sh -c|cron/, slim: /stands on python:3\.13-slim already/ },
  asks: [{ exitCode: 0, stdout: "*/15 * * * * cd /app && python job.py\npumped the bilge\n" }],
  wrong: behindAuthors(
    "there is no shell",
    /could not be started/,
    `FROM ${PYTHON}`,
    "WORKDIR /app",
    "COPY --from=0 /app ./",
    'ENTRYPOINT ["sh", "-c", "crontab -l && python job.py"]',
  ),
};
