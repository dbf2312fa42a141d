import { type AppFacts, JAVA_21 } from "../../app";

export const app: AppFacts = {
  about: "a jar built by Gradle",
  ships: { distroless: JAVA_21 },
  asks: [{ exitCode: 0, stdout: "anchored\n" }],
  runs: { notRun: "Gradle cannot be had on this machine" },
};
