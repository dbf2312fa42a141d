import { type AppFacts, finalStage, STATIC, text } from "../../app";

export const app: AppFacts = {
  about:
    "settings, certificates, a time zone and a folder of its own, all made by steps, and a variable that its start sets",
  ships: { distroless: STATIC, scratch: /scratch has none/ },
  asks: [
    {
      requests: [
        { request: "GET /settings", answer: text(200, "depth = 12\n") },
        { request: "GET /motd", answer: text(200, "All hands\n") },
        { request: "GET /watch", answer: text(200, "middle\n") },
        { request: "GET /zone", answer: text(200, "17:06 CEST\n") },
        { request: "GET /trust", answer: text(200, "trusted\n") },
        { request: "POST /visits", answer: text(200, "counted\n") },
      ],
    },
  ],
  wrong: finalStage(
    "the certificates are those of the final image",
    /differently to GET \/trust\./,
    `FROM ${STATIC}`,
    "COPY --from=0 --chown=65532:65532 /app/server /app/server",
    "WORKDIR /app",
    "COPY --from=0 /etc/motd.txt /etc/motd.txt",
    "COPY --from=0 /etc/beside/app.toml /etc/beside/app.toml",
    "ENV MOTD=/etc/motd.txt TZ=Europe/Berlin WATCH=middle",
    "EXPOSE 8080",
    'CMD ["./server", "-config=/etc/beside/app.toml"]',
  ),
};
