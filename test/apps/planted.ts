/** A wrong rewrite for each app, as a hasty hand would write it: `compare` has to say that it is different. */
export interface Planted {
  /** What is wrong. */
  readonly wrong: string;
  /** How `compare` says it. */
  readonly shows: RegExp;
  /** The whole Dockerfile; `build` is the build stage of the right rewrite. */
  dockerfile(build: string): string;
}

const STATIC = "FROM gcr.io/distroless/static-debian13:nonroot";

/** The right build stage with a wrong final one. */
function finalStage(wrong: string, shows: RegExp, ...lines: readonly string[]): Planted {
  return { wrong, shows, dockerfile: (build) => `${build}${lines.join("\n")}\n` };
}

export const PLANTED: Readonly<Record<string, Planted>> = {
  templates: finalStage(
    "the static files are not copied",
    /differently to GET \/static\/style\.css\./,
    STATIC,
    "WORKDIR /app",
    "COPY --from=0 /app/gallery ./",
    "COPY --from=0 /app/templates templates/",
    "EXPOSE 8080",
    'CMD ["./gallery"]',
  ),
  https: finalStage(
    "the certificates are missing",
    /differ in standard output/,
    "FROM scratch",
    "COPY --from=0 /usr/local/bin/probe /probe",
    'ENTRYPOINT ["/probe"]',
  ),
  zones: finalStage(
    "the time zones are missing",
    /differ in exit code and standard output/,
    "FROM scratch",
    "COPY --from=0 /go/src/meeting/meeting /meeting",
    'ENTRYPOINT ["/meeting"]',
  ),
  "sqlite-cgo": finalStage(
    "the C library is missing",
    /differ in exit code/,
    STATIC,
    "COPY --from=0 /app/wordcount /app/wordcount",
    'CMD ["/app/wordcount"]',
  ),
  "sqlite-pure": finalStage(
    "the database's folder is missing",
    /unable to open database file/,
    STATIC,
    "COPY --from=0 /app/notes /app/notes",
    "ENV NOTES_DB=/app/data/notes.db",
    "EXPOSE 8080",
    'CMD ["/app/notes"]',
  ),
  journal: finalStage(
    "the data folder belongs to root",
    /differ in exit code/,
    STATIC,
    "WORKDIR /app",
    "COPY --from=0 /app/journal ./",
    "COPY --from=0 /app/data data/",
    'CMD ["./journal"]',
  ),
  chi: finalStage(
    "it listens on another port",
    /does not answer at port 8080/,
    STATIC,
    "COPY --from=0 /usr/local/bin/app /usr/local/bin/app",
    "ENV PORT=8081",
    "EXPOSE 8080",
    'CMD ["app"]',
  ),
  cli: finalStage(
    "the program has another name",
    /could not be started: .*not found/,
    STATIC,
    "COPY --from=0 /usr/local/bin/units /usr/local/bin/unit",
    'ENTRYPOINT ["units"]',
    'CMD ["help"]',
  ),
  workspace: finalStage(
    "it is started by a shell that is not there",
    /could not be started: .*\/bin\/sh/,
    STATIC,
    "COPY --from=0 /bin/shout /bin/shout",
    "ENTRYPOINT /bin/shout",
  ),
  vendored: finalStage(
    "the program lies outside PATH",
    /could not be started: .*not found/,
    STATIC,
    "COPY --from=0 /go/bin/cargo /opt/cargo",
    'CMD ["cargo"]',
  ),
  makefile: {
    wrong: "it is built without the Makefile's flags",
    shows: /differ in standard output/,
    dockerfile: () =>
      [
        "FROM golang:1.26",
        "WORKDIR /app",
        "COPY . .",
        "RUN CGO_ENABLED=0 go build -o bin/checksum ./cmd/checksum",
        STATIC,
        "COPY --from=0 /app/bin/checksum /app/bin/checksum",
        'CMD ["/app/bin/checksum"]',
        "",
      ].join("\n"),
  },
  home: finalStage(
    "its user has no home",
    /differ in exit code/,
    STATIC,
    "COPY --from=0 /app/visits /app/visits",
    "USER 1234",
    'ENTRYPOINT ["/app/visits"]',
  ),
};
