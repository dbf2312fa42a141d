import { type AppFacts, behindAuthors, typed } from "../../app";

const page = '<!doctype html><title>Compass</title><body><script src="/app.js"></script></body>\n';

export const app: AppFacts = {
  about: "pages that a build makes, shipped on nginx: nothing is to be taken out",
  ships: { distroless: /starts no program of its own/ },
  asks: [
    {
      requests: [
        { request: "GET /", answer: typed("text/html")(200, page) },
        {
          request: "GET /app.js",
          answer: typed("application/javascript")(200, 'document.body.textContent = "N E S W";\n'),
        },
      ],
    },
  ],
  wrong: behindAuthors(
    "what was there before the build is copied, not what it made",
    /differently to GET \/app\.js/,
    "FROM nginx",
    "COPY --from=0 /app/public /usr/share/nginx/html",
    "EXPOSE 80",
  ),
};
