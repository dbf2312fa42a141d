import { type AppFacts, behindAuthors } from "../../app";

export const app: AppFacts = {
  about: "a script of the shell that sets a variable and starts java",
  ships: { distroless: /start\.sh is a script of the shell/, slim: "eclipse-temurin:21-jre" },
  asks: [{ args: ["java", "Tides", "ebb", "flood"], exitCode: 0, stdout: "1970 ebb flood\n" }],
  wrong: behindAuthors(
    "the script is left out",
    /differ in standard output/,
    "FROM eclipse-temurin:21-jre",
    "WORKDIR /app",
    "COPY --from=0 /app ./",
    'CMD ["java", "Tides"]',
  ),
};
