import { type AppFacts, finalStage, STATIC } from "../../app";

export const app: AppFacts = {
  about: "two modules in a go.work",
  ships: { distroless: STATIC, scratch: "scratch" },
  asks: [{ stdin: "hoist the sail\n", exitCode: 0, stdout: "HOIST THE SAIL!\n" }],
  wrong: finalStage(
    "it is started by a shell that is not there",
    /could not be started: .*\/bin\/sh/,
    `FROM ${STATIC}`,
    "COPY --from=0 /bin/shout /bin/shout",
    "ENTRYPOINT /bin/shout",
  ),
};
