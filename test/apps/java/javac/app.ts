import { type AppFacts, behindAuthors, JAVA_21 } from "../../app";

export const app: AppFacts = {
  about: "compiled by javac, started from its classes",
  ships: { distroless: JAVA_21 },
  asks: [{ stdin: "rope\ntar\nrope\n", exitCode: 0, stdout: "2 × rope\n1 × tar\n" }],
  wrong: behindAuthors(
    "the classes are taken for a jar",
    /differ in exit code/,
    `FROM ${JAVA_21}`,
    "WORKDIR /usr/src/app",
    "COPY --from=0 /usr/src/app/out out",
    'CMD ["-cp", "out", "Tally"]',
  ),
};
