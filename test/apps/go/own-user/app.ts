import { type AppFacts, finalStage, STATIC } from "../../app";

export const app: AppFacts = {
  about: "a final stage that makes its own user and gives him the program",
  recipe: "slim-final-stage",
  ships: { distroless: STATIC, scratch: /wants time zones/ },
  asks: [{ exitCode: 0, stdout: "09:00 JST\n" }],
  wrong: finalStage(
    "the zones are left behind",
    /differ in exit code/,
    "FROM scratch",
    "COPY --from=build /out/journal /journal/",
    'ENTRYPOINT ["/journal/journal"]',
  ),
};
