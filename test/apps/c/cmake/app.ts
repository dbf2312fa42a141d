import { type AppFacts, BASE, behindAuthors, CC } from "../../app";

export const app: AppFacts = {
  about: "C++ by CMake, installed, started by PATH; it throws and catches",
  ships: { distroless: CC },
  asks: [
    { stdin: "0 90 200\n", exitCode: 0, stdout: "N\nE\nS\n" },
    { stdin: "400\n", exitCode: 1, stdout: "", stderr: "no course of 400\n" },
  ],
  wrong: behindAuthors(
    "libstdc++ is missing",
    /libstdc|differ in exit code/,
    `FROM ${BASE}`,
    "COPY --from=0 /usr/local/bin/courses /usr/local/bin/courses",
    'CMD ["courses"]',
  ),
  bothEngines: true,
};
