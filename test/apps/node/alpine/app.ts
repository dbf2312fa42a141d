import { type AppFacts, NODE_24 } from "../../app";

export const app: AppFacts = {
  about: "built on Alpine, with no module that is compiled",
  ships: { distroless: NODE_24 },
  asks: [{ requests: [{ request: "GET /", answer: "200\neight bells after 4h\n" }] }],
  runs: { notRun: "Alpine's images cannot be had on this machine" },
};
