import { type AppFacts, finalStage, json, STATIC } from "../../app";

export const app: AppFacts = {
  about: "a JSON service of modules, built by `./...`, its port in ENV",
  ships: { distroless: STATIC, scratch: /net\/http/ },
  asks: [
    {
      requests: [
        { request: "GET /health", answer: json(200, '{"status":"ok"}\n') },
        {
          request: "GET /items",
          answer: json(
            200,
            '[{"id":"anchor","name":"Anchor","count":2},{"id":"rope","name":"Rope, 20 m","count":14}]\n',
          ),
        },
        { request: "GET /items/rope", answer: json(200, '{"id":"rope","name":"Rope, 20 m","count":14}\n') },
        { request: "GET /items/gold", answer: json(404, '{"error":"no such item"}\n') },
      ],
    },
  ],
  wrong: finalStage(
    "it listens on another port",
    /does not answer at port 8080/,
    `FROM ${STATIC}`,
    "COPY --from=0 /usr/local/bin/app /usr/local/bin/app",
    "ENV PORT=8081",
    "EXPOSE 8080",
    'CMD ["app"]',
  ),
};
