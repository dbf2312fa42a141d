import { type AppFacts, BASE, behindAuthors, STATIC } from "../../app";

export const app: AppFacts = {
  about: "C by gcc, with nothing but the C library",
  ships: { distroless: BASE },
  asks: [
    { args: ["0", "6.21"], exitCode: 0, stdout: " 5.00 m\n 1.00 m\n" },
    { exitCode: 1, stdout: "", stderr: "usage: tide HOUR...\n" },
  ],
  wrong: behindAuthors(
    "the C library is missing",
    /could not be started|differ in exit code/,
    `FROM ${STATIC}`,
    "WORKDIR /usr/src/tide",
    "COPY --from=0 /usr/src/tide/tide ./",
    'ENTRYPOINT ["./tide"]',
  ),
};
