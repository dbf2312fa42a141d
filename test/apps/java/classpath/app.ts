import { type AppFacts, behindAuthors, JAVA_21 } from "../../app";

export const app: AppFacts = {
  about: "a class path with a folder of jars, and a file that an argument names, in shell form",
  ships: { distroless: JAVA_21 },
  asks: [{ exitCode: 0, stdout: "2 signals: Blue Peter, Oscar\n" }],
  wrong: behindAuthors(
    "the file that the argument names is not copied",
    /differ in exit code/,
    `FROM ${JAVA_21}`,
    "WORKDIR /opt/app",
    "COPY --from=0 /opt/app/target target",
    'ENTRYPOINT ["java", "-cp", "target/signals.jar:target/lib/*", "example.Signals", "config/signals.json"]',
  ),
  runs: "proof",
};
