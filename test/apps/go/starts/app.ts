import { type AppFacts, behindAuthors } from "../../app";

export const app: AppFacts = {
  about: "it starts git and a shell, which a slim image has or installs",
  ships: {
    distroless: /starts other programs \(exec\.Command in main\.go\)/,
    slim: "debian:trixie-slim",
    scratch: /starts other/,
  },
  runs: "proof",
  asks: [{ exitCode: 0, stdout: "refs/heads/main\n3\n" }],
  wrong: behindAuthors(
    "git is not installed",
    /differ in exit code/,
    "FROM debian:trixie-slim",
    "WORKDIR /src",
    "COPY --from=0 /usr/local/bin/log /usr/local/bin/log",
    'CMD ["log"]',
  ),
};
