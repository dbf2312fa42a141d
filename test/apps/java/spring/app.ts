import { type AppFacts, JAVA_21, typed } from "../../app";

export const app: AppFacts = {
  about: "Spring Boot's own jar, with a web server",
  ships: { distroless: JAVA_21 },
  asks: [{ requests: [{ request: "GET /", answer: typed("text/plain;charset=UTF-8")(200, "pilot: Ada\n") }] }],
  runs: "proof",
};
