import { type AppFacts, behindAuthors, CC, STATIC } from "../../app";

export const app: AppFacts = {
  about:
    "as `docker init` writes it: sources mounted, a target folder that is a cache, a user of the final stage's own",
  recipe: "slim-final-stage",
  ships: { distroless: CC, scratch: /needs the C library/ },
  asks: [{ exitCode: 0, stdout: "ebb and flood\n" }],
  wrong: behindAuthors(
    "it is linked with the C library, which static has not",
    /could not be started|differ in exit code/,
    `FROM ${STATIC}`,
    "COPY --from=0 /bin/server /bin/",
    'CMD ["/bin/server"]',
  ),
};
