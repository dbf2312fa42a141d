import { type AppFacts, behindAuthors, JAVA_21 } from "../../app";

export const app: AppFacts = {
  runs: "proof",
  about: "two Maven modules, started by a class path of both jars",
  ships: { distroless: JAVA_21 },
  asks: [{ exitCode: 0, stdout: "tea: 40 t\ntin: 120 t\n" }],
  wrong: behindAuthors(
    "one of the two jars is not copied",
    /differ in exit code/,
    `FROM ${JAVA_21}`,
    "WORKDIR /src",
    "COPY --from=0 /src/ship/target/ship-1.0.0.jar ship/target/ship-1.0.0.jar",
    'ENTRYPOINT ["java", "-cp", "cargo/target/cargo-1.0.0.jar:ship/target/ship-1.0.0.jar", "example.ship.Ship"]',
  ),
};
