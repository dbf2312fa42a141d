import { type AppFacts, finalStage, STATIC } from "../../app";

export const app: AppFacts = {
  about: "`go install` with a vendor folder, started by PATH",
  ships: { distroless: STATIC, scratch: "scratch" },
  asks: [{ stdin: "rum\n\nrope\n", exitCode: 0, stdout: "2 crates\n" }],
  wrong: finalStage(
    "the program lies outside PATH",
    /could not be started: .*not found/,
    `FROM ${STATIC}`,
    "COPY --from=0 /go/bin/cargo /opt/cargo",
    'CMD ["cargo"]',
  ),
};
