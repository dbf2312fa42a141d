import { type AppFacts, behindAuthors, PYTHON } from "../../app";

export const app: AppFacts = {
  runs: "proof",
  about: "`pip install --user`: the modules lie in root's home",
  ships: { distroless: PYTHON, slim: "python:3.13-slim" },
  asks: [{ exitCode: 0, stdout: "26,500 tons\n" }],
  wrong: behindAuthors(
    "the modules stay in root's home, which another user does not look into",
    /differ in exit code/,
    `FROM ${PYTHON}`,
    "COPY --from=0 /root/.local /root/.local",
    "WORKDIR /app",
    "COPY --from=0 /app ./",
    'CMD ["-u", "main.py"]',
  ),
};
