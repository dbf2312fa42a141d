import { type AppFacts, behindAuthors, PYTHON } from "../../app";

export const app: AppFacts = {
  runs: "proof",
  about: "a wheel with a compiled extension (psutil)",
  ships: { distroless: PYTHON },
  asks: [{ exitCode: 0, stdout: "/app True\n" }],
  wrong: behindAuthors(
    "the compiled parts are left out",
    /differ in exit code/,
    "RUN find /usr/local/lib/python3.13/site-packages/psutil -name '*.so' -delete",
    `FROM ${PYTHON}`,
    "WORKDIR /app",
    "COPY --from=0 /usr/local/lib/python3.13/site-packages /usr/local/lib/python3.13/dist-packages",
    "COPY --from=0 /app ./",
    'CMD ["watch.py"]',
  ),
};
