import { type AppFacts, behindAuthors } from "../../app";

export const app: AppFacts = {
  about: "it reads the file that CMD names, and gives it to a script of a shell",
  ships: { distroless: /starts other programs \(system in main\.c\)/, slim: "debian:trixie-slim" },
  asks: [{ exitCode: 0, stdout: "6 lines\n      3 rope\n      2 sail\n" }],
  wrong: behindAuthors(
    "the file is not copied",
    /differ in exit code/,
    "FROM debian:trixie-slim",
    "WORKDIR /app",
    "COPY --from=0 /app/count /app/count",
    'ENTRYPOINT ["./count"]',
    'CMD ["words.txt"]',
  ),
};
