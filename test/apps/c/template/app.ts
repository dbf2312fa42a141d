import { type AppFacts, BASE, behindAuthors } from "../../app";

export const app: AppFacts = {
  about: "what an editor writes for C++, on gcc:latest, whose libstdc++ may be newer than distroless has",
  ships: { distroless: BASE },
  asks: [{ exitCode: 0, stdout: "Hello World\n" }],
  wrong: behindAuthors(
    "libstdc++ is missing",
    /libstdc|differ in exit code/,
    `FROM ${BASE}`,
    "WORKDIR /usr/src/myapp",
    "COPY --from=0 /usr/src/myapp/myapp ./",
    'CMD ["./myapp"]',
  ),
};
