import { type AppFacts, finalStage, STATIC, text } from "../../app";

export const app: AppFacts = {
  about: "SQLite in Go, in a file that the server writes; built with a cache mount",
  ships: { distroless: STATIC, scratch: /net\/http/ },
  asks: [
    {
      requests: [
        { request: "PUT /notes/rope?text=buy+20+m", answer: text(200, "kept\n") },
        { request: "PUT /notes/hull?text=paint+it", answer: text(200, "kept\n") },
        { request: "GET /notes", answer: text(200, "hull: paint it\nrope: buy 20 m\n") },
      ],
    },
  ],
  wrong: finalStage(
    "the database's folder is missing",
    /unable to open database file/,
    `FROM ${STATIC}`,
    "COPY --from=0 /app/notes /app/notes",
    "ENV NOTES_DB=/app/data/notes.db",
    "EXPOSE 8080",
    'CMD ["/app/notes"]',
  ),
};
