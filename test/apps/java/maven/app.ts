import { type AppFacts, behindAuthors, JAVA_21, JAVA_BASE, typed } from "../../app";

export const app: AppFacts = {
  about: "a server in one jar, built by Maven, with a resource in it",
  ships: { distroless: JAVA_21, jlink: JAVA_BASE },
  asks: [{ requests: [{ request: "GET /", answer: typed("text/plain")(200, "Hello from Java\n") }] }],
  wrong: behindAuthors(
    "the command repeats the entrypoint",
    /ended with exit code/,
    `FROM ${JAVA_21}`,
    "WORKDIR /app",
    "COPY --from=0 /app/target/hello.jar target/hello.jar",
    "EXPOSE 8080",
    'CMD ["java", "-jar", "target/hello.jar"]',
  ),
  bothEngines: true,
};
