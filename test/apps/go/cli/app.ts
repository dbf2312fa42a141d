import { type AppFacts, finalStage, STATIC } from "../../app";

export const app: AppFacts = {
  about: "a command line with subcommands, on ubuntu, started by PATH",
  ships: { distroless: STATIC, scratch: "scratch" },
  asks: [
    { args: ["convert", "-digits", "1", "26.2", "mi", "km"], exitCode: 0, stdout: "42.2 km\n" },
    { exitCode: 0, stdout: "usage: units convert [-digits N] VALUE FROM TO | units list\n" },
    { args: ["sink"], exitCode: 2, stdout: "", stderr: 'units: no subcommand "sink"\n' },
  ],
  wrong: finalStage(
    "the program has another name",
    /could not be started: .*not found/,
    `FROM ${STATIC}`,
    "COPY --from=0 /usr/local/bin/units /usr/local/bin/unit",
    'ENTRYPOINT ["units"]',
    'CMD ["help"]',
  ),
  bothEngines: true,
};
