import { type AppFacts, behindAuthors, PYTHON } from "../../app";

export const app: AppFacts = {
  runs: "proof",
  about: "`pip install --target` and PYTHONPATH, started in shell form",
  ships: { distroless: PYTHON },
  asks: [{ exitCode: 0, stdout: "1.6 MB\n" }],
  wrong: behindAuthors(
    "PYTHONPATH is forgotten",
    /differ in exit code/,
    `FROM ${PYTHON}`,
    "WORKDIR /app",
    "COPY --from=0 /app ./",
    'CMD ["main.py"]',
  ),
};
