import { type AppFacts, finalStage, STATIC } from "../../app";

export const app: AppFacts = {
  about: "private state below its user's home",
  ships: { distroless: STATIC, scratch: /no users/ },
  asks: [{ args: ["Ann", "Bob"], exitCode: 0, stdout: "Welcome, Ann: visit 1\nWelcome, Bob: visit 2\n" }],
  wrong: finalStage(
    "its user has no home",
    /differ in exit code/,
    `FROM ${STATIC}`,
    "COPY --from=0 /app/visits /app/visits",
    "USER 1234",
    'ENTRYPOINT ["/app/visits"]',
  ),
};
