import fc from "fast-check";
import { expect, test } from "vitest";
import { Analysis, applyEdits, recipes } from "../../../server/src/core";

/** Lines that may stand anywhere in a stage that builds a program. */
const LINES = [
  "# a comment",
  "",
  "ENV A=b",
  'ENV A="b c" D=e',
  "ENV OLD some words",
  "ENV CGO_ENABLED=0",
  "ENV GOFLAGS=-trimpath",
  "ENV PATH=/x:$PATH",
  "ENV A=$B",
  "ARG B=1",
  "LABEL a=b",
  'LABEL "a.b"="c d" e=f',
  "EXPOSE 80 443/udp",
  "VOLUME /data",
  'VOLUME ["/a b"]',
  "WORKDIR /src",
  "WORKDIR sub",
  "USER nobody",
  "USER app:app",
  "USER 1000",
  "STOPSIGNAL SIGINT",
  "HEALTHCHECK NONE",
  'HEALTHCHECK CMD ["/app"]',
  "HEALTHCHECK CMD curl x",
  'SHELL ["/bin/bash", "-c"]',
  "COPY . .",
  "COPY a.go ./",
  "ONBUILD RUN x",
  "RUN go mod download",
  "RUN mkdir -p /x \\\n  # inside\n  && true",
  'CMD ["/app"]',
  'CMD ["--flag"]',
  "CMD /app --flag",
  'CMD \\\n  # inside\n  ["/app"]',
  'ENTRYPOINT ["/app"]',
  "ENTRYPOINT exec /app",
  "RUN go build -o /app a.go",
  'RUN CGO_ENABLED=0 go build -ldflags="-s" -o /app a.go',
  "RUN go build \\\n  # inside\n  -ldflags '-X a=b' -o /app a.go",
  "RUN <<EOF\ngo build -o /app a.go\nEOF",
  "FROM golang:1.26 AS build",
  "FROM build",
];
const FROMS = [
  "FROM golang:1.26",
  "FROM ubuntu AS build",
  "from debian:trixie as x",
  "FROM --platform=$BUILDPLATFORM golang:1.26",
  "ARG T=1.26\nFROM golang:${T}",
];

const file = fc
  .tuple(
    fc.constantFrom(...FROMS),
    fc.array(fc.constantFrom(...LINES), { maxLength: 14 }),
    fc.constantFrom("\n", "\r\n"),
    fc.boolean(),
    fc.boolean(),
  )
  .map(
    ([from, lines, eol, bom, newline]) =>
      (bom ? "\uFEFF" : "") + [from, ...lines, 'CMD ["/app"]'].join("\n").replaceAll("\n", eol) + (newline ? eol : ""),
  );

test("whatever the file, a recipe refuses or makes a change that holds its contract", () => {
  let offers = 0;
  fc.assert(
    fc.property(file, (text) => {
      for (const recipe of recipes) {
        for (const target of recipe.targets) {
          const answer = new Analysis(text).answer(recipe, target);
          // A change that broke its contract was stopped, but it should not have been made.
          if (answer.kind === "refusal") expect(answer.reason).not.toMatch(/^Ballast stopped/);
          else {
            offers++;
            expect(applyEdits(text, answer.change().edits)).toMatch(
              /^FROM (?:--platform=\S+ )?(?:scratch|gcr\.io\/distroless\/static-debian13(?::nonroot)?|cgr\.dev\/chainguard\/static:latest)\r?$/im,
            );
          }
        }
      }
    }),
    { numRuns: 1500 },
  );
  expect(offers).toBeGreaterThan(100);
});
