import { type AppFacts, finalStage, STATIC } from "../../app";

export const app: AppFacts = {
  about: "writes a file below its WORKDIR and reads it again",
  ships: { distroless: STATIC, scratch: "scratch" },
  asks: [{ stdin: "cast off\nset sail\n", exitCode: 0, stdout: "1: cast off\n2: set sail\n" }],
  wrong: finalStage(
    "the data folder belongs to root",
    /differ in exit code/,
    `FROM ${STATIC}`,
    "WORKDIR /app",
    "COPY --from=0 /app/journal ./",
    "COPY --from=0 /app/data data/",
    'CMD ["./journal"]',
  ),
};
