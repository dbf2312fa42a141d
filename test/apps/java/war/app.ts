import { type AppFacts, html } from "../../app";

export const app: AppFacts = {
  about: "a war on Tomcat",
  ships: { distroless: /war|servlet|[Tt]omcat/ },
  recipe: "slim-final-stage",
  asks: [{ requests: [{ request: "GET /", answer: html(200, "<!doctype html><title>Logbook</title>\n") }] }],
  runs: { notRun: "Tomcat's image cannot be had on this machine" },
};
