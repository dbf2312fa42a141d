import { type AppFacts, behindAuthors, text } from "../../app";

export const app: AppFacts = {
  about: "started by pm2, which is installed for the whole machine",
  ships: { distroless: /pm2-runtime/, slim: "node:24-slim" },
  asks: [{ requests: [{ request: "GET /", answer: text(200, "watched by pm2\n") }] }],
  wrong: behindAuthors(
    "its starter is left behind",
    /differently to GET \//,
    "FROM node:24-slim",
    "WORKDIR /app",
    "COPY --from=0 /app ./",
    "EXPOSE 3000",
    'CMD ["node", "server.js"]',
  ),
};
