import { type AppFacts, behindAuthors, html, NODE_24, typed } from "../../app";

const page = '<!doctype html><title>Compass</title><body><script src="/app.js"></script></body>\n';
const script = typed("application/javascript; charset=utf-8");

export const app: AppFacts = {
  about: "pages and scripts that a build makes, served by a program of node_modules that `npx` starts",
  ships: { distroless: /clipboardy/ },
  asks: [
    {
      requests: [
        { request: "GET /", answer: html(200, page) },
        { request: "GET /app.js", answer: script(200, 'document.body.textContent = "N E S W";\n') },
        { request: "GET /some/view", answer: html(200, page) },
      ],
    },
  ],
  wrong: behindAuthors(
    "what was there before the build is copied, not what it made",
    /differently to GET \/app\.js/,
    `FROM ${NODE_24}`,
    "WORKDIR /app",
    "COPY --from=0 /app/node_modules node_modules",
    "COPY --from=0 /app/public dist",
    "EXPOSE 3000",
    'CMD ["node_modules/serve/build/main.js", "-s", "dist", "-l", "3000"]',
  ),
};
