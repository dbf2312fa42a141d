import { type AppFacts, behindAuthors } from "../../app";

export const app: AppFacts = {
  runs: "proof",
  about: "Python 3.11 with a compiled extension, started by -m",
  ships: { distroless: /3\.11/, slim: "python:3.11-slim" },
  asks: [{ exitCode: 0, stdout: "&lt;north&gt; 11\n" }],
  wrong: behindAuthors(
    "the modules lie where another Python looks",
    /differ in exit code/,
    "FROM python:3.11-slim",
    "WORKDIR /app",
    "COPY --from=0 /usr/local/lib/python3.11/site-packages /usr/lib/python3/dist-packages",
    "COPY --from=0 /app ./",
    'CMD ["python", "-m", "heading"]',
  ),
};
