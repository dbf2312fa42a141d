import { type AppFacts, behindAuthors, JAVA_21, typed } from "../../app";

export const app: AppFacts = {
  about: "a build stage already, and a JRE of Temurin behind it, with a file of settings beside the jar",
  ships: { distroless: JAVA_21 },
  recipe: "slim-final-stage",
  asks: [{ requests: [{ request: "GET /", answer: typed("text/plain")(200, "berth 12\n") }] }],
  wrong: behindAuthors(
    "the settings are not copied",
    /ended with exit code/,
    `FROM ${JAVA_21}`,
    "WORKDIR /app",
    "COPY --from=build /app/target/*.jar app.jar",
    "EXPOSE 8080",
    'CMD ["app.jar"]',
  ),
};
