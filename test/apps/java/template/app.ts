import type { AppFacts } from "../../app";

export const app: AppFacts = {
  about: "what an editor writes for Java: a jar from the folder on JDK 8, with options from a variable",
  ships: { distroless: /JAVA_OPTS|Java 8|shell/ },
  asks: [{ exitCode: 0, stdout: "" }],
  runs: { notRun: "its base was withdrawn with Java 8, and stands on Alpine" },
};
