import { type AppFacts, finalStage, STATIC } from "../../app";

export const app: AppFacts = {
  about: "calls https, by the system's certificates",
  ships: { distroless: STATIC, scratch: /net\/http/ },
  // Nothing listens on that port: what it says of the authority needs no network.
  asks: [
    {
      args: ["https://127.0.0.1:1/"],
      exitCode: 0,
      stdout: "ISRG Root X1: trusted\nhttps://127.0.0.1:1/: not reached\n",
    },
  ],
  wrong: finalStage(
    "the certificates are missing",
    /differ in standard output/,
    "FROM scratch",
    "COPY --from=0 /usr/local/bin/probe /probe",
    'ENTRYPOINT ["/probe"]',
  ),
};
