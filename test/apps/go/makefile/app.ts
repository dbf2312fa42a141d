import { type AppFacts, STATIC } from "../../app";

export const app: AppFacts = {
  about: "built by make, with a version from the linker",
  ships: { distroless: STATIC, scratch: "scratch" },
  asks: [{ stdin: "ballast\n", exitCode: 0, stdout: "87727910 by checksum 1.4.0\n" }],
  wrong: {
    wrong: "it is built without the Makefile's flags",
    shows: /differ in standard output/,
    dockerfile: () =>
      [
        "FROM golang:1.26",
        "WORKDIR /app",
        "COPY . .",
        "RUN CGO_ENABLED=0 go build -o bin/checksum ./cmd/checksum",
        `FROM ${STATIC}`,
        "COPY --from=0 /app/bin/checksum /app/bin/checksum",
        'CMD ["/app/bin/checksum"]',
        "",
      ].join("\n"),
  },
};
