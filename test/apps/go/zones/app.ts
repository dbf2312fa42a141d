import { type AppFacts, finalStage, STATIC } from "../../app";

export const app: AppFacts = {
  about: "time zones by their names",
  ships: { distroless: STATIC, scratch: /time zones/ },
  asks: [
    {
      args: ["Europe/Berlin", "Asia/Kathmandu", "America/New_York"],
      exitCode: 0,
      stdout: "Sun 04:00 CEST Europe/Berlin\nSun 07:45 +0545 Asia/Kathmandu\nSat 22:00 EDT America/New_York\n",
    },
    { args: ["Atlantis"], exitCode: 1, stdout: "", stderr: "meeting: unknown time zone Atlantis\n" },
  ],
  wrong: finalStage(
    "the time zones are missing",
    /differ in exit code and standard output/,
    "FROM scratch",
    "COPY --from=0 /go/src/meeting/meeting /meeting",
    'ENTRYPOINT ["/meeting"]',
  ),
};
