import type { AppFacts } from "../../app";

// The command line asks for the last stage, which runs the tests: so it is judged on its text.
export const app: AppFacts = {
  about: "the shipped stage is not the last one: compose names it, and tests run in the one behind it",
  ships: { distroless: /last|test|compose/ },
  asks: [{ requests: [{ request: "GET /", answer: "200\nred to port\n" }] }],
  runs: { notRun: "compare builds the last stage, which is not the one that ships" },
};
