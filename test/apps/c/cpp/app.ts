import { type AppFacts, behindAuthors, CC } from "../../app";

export const app: AppFacts = {
  about: "C++ by make, which reads a file of its folder",
  ships: { distroless: CC },
  asks: [{ exitCode: 0, stdout: "day 1: fog\nday 2: calm\n" }],
  wrong: behindAuthors(
    "the file that it reads is not copied",
    /differ in exit code/,
    `FROM ${CC}`,
    "WORKDIR /usr/src/app",
    "COPY --from=0 /usr/src/app/bin/log bin/log",
    'CMD ["./bin/log"]',
  ),
};
