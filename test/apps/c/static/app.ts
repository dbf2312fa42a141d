import { type AppFacts, behindAuthors, STATIC } from "../../app";

export const app: AppFacts = {
  about: "C linked statically, started by PATH",
  ships: { distroless: STATIC, scratch: "scratch" },
  asks: [{ args: ["ahoy"], exitCode: 0, stdout: "ahoy ahoy\n" }],
  wrong: behindAuthors(
    "the program lies outside PATH",
    /could not be started: .*not found/,
    "FROM scratch",
    "COPY --from=0 /usr/local/bin/echoes /echoes",
    'ENTRYPOINT ["echoes"]',
  ),
};
