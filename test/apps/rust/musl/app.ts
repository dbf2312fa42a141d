import { type AppFacts, STATIC } from "../../app";

export const app: AppFacts = {
  about: "built for musl, so that it is static",
  ships: { distroless: STATIC, scratch: "scratch" },
  asks: [{ exitCode: 0, stdout: "wheee\n" }],
  runs: { notRun: "rustup's server cannot be reached on this machine" },
};
