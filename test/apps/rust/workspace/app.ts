import { type AppFacts, behindAuthors, CC } from "../../app";

export const app: AppFacts = {
  about: "a Cargo workspace, built with -p, whose program has another name than its package",
  ships: { distroless: CC },
  asks: [
    { exitCode: 2, stdout: "", stderr: "usage: harbour-master SHIP...\n" },
    { args: ["Fram"], exitCode: 0, stdout: "F-R-A-M\n" },
  ],
  wrong: behindAuthors(
    "the program has the package's name",
    /could not be started/,
    `FROM ${CC}`,
    "COPY --from=0 /usr/src/fleet/target/release/harbour-master /usr/src/fleet/target/release/harbour",
    'ENTRYPOINT ["/usr/src/fleet/target/release/harbour-master"]',
  ),
};
