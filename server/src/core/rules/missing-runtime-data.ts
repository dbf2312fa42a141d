import type { FileContext } from "../flow/context";
import { type CarriedProgram, carriedProgram } from "../flow/running/carried-program";
import { lacks, titleOf } from "../flow/running/runtime-data";
import type { Target } from "../flow/running/targets";
import { lineEnd } from "../rewrite/placement";
import type { Need } from "../toolchains/toolchain";
import type { Finding, Fix, Rule } from "./rule";

export const missingRuntimeData: Rule = {
  id: "missing-runtime-data",
  title: "The program wants data that its image has not",
  group: "runtime",
  severity: "warning",
  sameAs: [],
  recipes: [],
  docs: {
    what: "The program uses CA certificates, time zones, users or /tmp, and the final image has none of them.",
    why: "It starts, and fails when it first needs them: “x509: certificate signed by unknown authority”, “unknown time zone Europe/Berlin”, “open /tmp/…: no such file or directory”.",
    limits:
      "It is read from the program's own sources; what a module of others does is not seen. It speaks of scratch, and of images that the catalog knows to lack such data. It is certain of a call that main makes at every start, and whose error ends the program; of others, which may never be made, it is likely at most. What is mounted when the container starts is not seen.",
    examples: [
      {
        before: `FROM golang:1.26 AS build
WORKDIR /src
COPY main.go .
RUN CGO_ENABLED=0 go build -o /app main.go

FROM scratch
COPY --from=build /app /app
CMD ["/app"]
#- main.go
package main

import "net/http"

func main() { http.Get("https://example.com") }
`,
        after: `FROM golang:1.26 AS build
WORKDIR /src
COPY main.go .
RUN CGO_ENABLED=0 go build -o /app main.go

FROM scratch
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=build /app /app
CMD ["/app"]
#- main.go
package main

import "net/http"

func main() { http.Get("https://example.com") }
`,
      },
    ],
  },
  *check(context) {
    for (const target of context.targets) yield* missingIn(context, target);
  },
};

function* missingIn(context: FileContext, { stage, certain }: Target): Iterable<Finding> {
  const program = carriedProgram(context, stage);
  const runtime =
    program && !context.failure(program.build) && program.build.toolchain.runtime(program.build, program.view);
  const token = stage.base.token;
  if (!program || !runtime || !token) return;
  const missing = new Map(runtime.needs.map((need) => [need.what, need]));
  for (const need of missing.values()) {
    if (!lacks(context, stage, need)) continue;
    yield {
      span: token.span,
      message: need.failing
        ? `The program calls ${need.failing.text}, which fails: ${token.text} has no ${titleOf(need)}.`
        : `The program wants ${titleOf(need)} (${need.why}), and ${token.text} has none.`,
      confidence: certain && need.failing?.isFatal ? "certain" : "likely",
      related: [{ span: program.build.span, message: "This builds the program." }],
      fixes: fixesOf(context, program, need),
    };
  }
}

/** What every image of golang has (docker-library/golang: ca-certificates is installed, Go brings its zones). */
const FROM_GOLANG: Partial<Record<Need["what"], readonly string[]>> = {
  certificates: ["COPY --from=% /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/"],
  zones: ["COPY --from=% /usr/local/go/lib/time/zoneinfo.zip /zoneinfo.zip", "ENV ZONEINFO=/zoneinfo.zip"],
};

function fixesOf(context: FileContext, { stage, builder }: CarriedProgram, need: Need): readonly Fix[] {
  const lines = context.image(builder)?.name === "golang" ? FROM_GOLANG[need.what] : undefined;
  const at = lineEnd(context.text, stage.from.span.end);
  const name = builder.name?.text ?? String(builder.index);
  const text = lines?.map((line) => `${line.replace("%", name)}\n`).join("");
  const copies: Fix[] = text
    ? [
        {
          title: `Copy ${titleOf(need)} from ${name}`,
          safety: "review",
          edits: [{ span: { start: at, end: at }, text }],
        },
      ]
    : [];
  const { base } = stage;
  if (base.kind !== "scratch") return copies;
  const edits = [{ span: base.token.span, text: "gcr.io/distroless/static-debian13" }];
  return [
    ...copies,
    { title: "Ship on distroless static, which has certificates, time zones, users and /tmp", safety: "review", edits },
  ];
}
