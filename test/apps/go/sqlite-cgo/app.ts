import { type AppFacts, BASE, finalStage, STATIC } from "../../app";

export const app: AppFacts = {
  about: "SQLite by cgo, in memory; built with a cache mount",
  ships: { distroless: BASE, scratch: /C library/ },
  asks: [{ stdin: "the sea the ship\nThe anchor\n", exitCode: 0, stdout: "3 the\n1 anchor\n1 sea\n1 ship\n" }],
  wrong: finalStage(
    "the C library is missing",
    /differ in exit code/,
    `FROM ${STATIC}`,
    "COPY --from=0 /app/wordcount /app/wordcount",
    'CMD ["/app/wordcount"]',
  ),
};
