import { type AppFacts, behindAuthors, CC } from "../../app";

export const app: AppFacts = {
  about: "`cargo install --path .`, started by PATH",
  ships: { distroless: CC },
  asks: [{ stdin: "12\n30\n", exitCode: 0, stdout: "42 fathoms in all\n" }],
  wrong: behindAuthors(
    "the program lies outside PATH",
    /could not be started: .*not found/,
    `FROM ${CC}`,
    "COPY --from=0 /usr/local/cargo/bin/soundings /usr/local/cargo/bin/soundings",
    'CMD ["soundings"]',
  ),
};
