import { type AppFacts, behindAuthors, PYTHON } from "../../app";

export const app: AppFacts = {
  about: "an extension in C of its own, compiled by `pip install .`, which needs zlib",
  ships: { distroless: PYTHON },
  asks: [{ exitCode: 0, stdout: "1974514365\n" }],
  wrong: behindAuthors(
    "only the sources are copied",
    /differ in exit code/,
    `FROM ${PYTHON}`,
    "WORKDIR /app",
    "COPY --from=0 /app ./",
    `CMD ["-c", "import crc; print(crc.of(b'ballast'))"]`,
  ),
};
