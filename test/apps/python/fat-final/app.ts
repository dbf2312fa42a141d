import { type AppFacts, behindAuthors, PYTHON } from "../../app";

export const app: AppFacts = {
  about: "a build stage already, and python:3.13-slim behind it, with `pip install --prefix`",
  ships: { distroless: PYTHON },
  asks: [{ exitCode: 0, stdout: "2.40 kt\n" }],
  wrong: behindAuthors(
    "the modules lie where Debian's python does not look",
    /differ in exit code/,
    `FROM ${PYTHON}`,
    "COPY --from=builder /install /usr/local",
    "WORKDIR /app",
    "COPY . .",
    'CMD ["main.py"]',
  ),
};
