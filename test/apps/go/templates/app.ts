import { type AppFacts, css, finalStage, html, STATIC, text } from "../../app";

export const app: AppFacts = {
  about: "a web server with templates and a folder of static files",
  ships: { distroless: STATIC, scratch: /net\/http/ },
  asks: [
    {
      requests: [
        {
          request: "GET /",
          answer: html(
            200,
            `<!doctype html>
<title>Gallery</title>
<link rel="stylesheet" href="/static/style.css">
<ul>
<li>Ballast &amp; Sail (1871)</li>
<li>The Empty Hold (1902)</li>
</ul>
`,
          ),
        },
        { request: "GET /static/style.css", answer: css(200, "body { font: 16px serif; }\n") },
        { request: "GET /static/nothing.css", answer: text(404, "404 page not found\n") },
      ],
    },
  ],
  wrong: finalStage(
    "the static files are not copied",
    /differently to GET \/static\/style\.css\./,
    `FROM ${STATIC}`,
    "WORKDIR /app",
    "COPY --from=0 /app/gallery ./",
    "COPY --from=0 /app/templates templates/",
    "EXPOSE 8080",
    'CMD ["./gallery"]',
  ),
};
