import { neededStages } from "../model/reach";
import type { Rule } from "./rule";

export const missingGoModule: Rule = {
  id: "missing-go-module",
  title: "The Go build has no go.mod",
  group: "runtime",
  severity: "error",
  sameAs: [],
  recipes: [],
  docs: {
    what: "`go build` runs in a folder of the image into which no go.mod was copied, or in GOPATH itself.",
    why: "Since Go 1.16 modules are on: `go build .` without a go.mod ends with “go.mod file not found in current directory or any parent directory”, and up to Go 1.21 one that stands in GOPATH (`/go` in the golang images) with “$GOPATH/go.mod exists but should not”. The image is never made.",
    limits:
      "It is silent where GO111MODULE turns modules off, where files are named to the build, and where a mount, a script or a download may have brought a go.mod.",
    examples: [
      {
        before: `FROM golang:1.26 AS build
WORKDIR /app
COPY calculator.go .
RUN go build -o calculator .

FROM scratch
COPY --from=build /app/calculator /calculator
CMD ["/calculator"]
`,
        after: `FROM golang:1.26 AS build
WORKDIR /app
COPY calculator.go .
RUN go build -o calculator calculator.go

FROM scratch
COPY --from=build /app/calculator /calculator
CMD ["/calculator"]
`,
      },
    ],
  },
  *check(context) {
    for (const stage of neededStages(context.model)) {
      for (const build of context.builds(stage)) {
        const failure = build.run.stage === stage && build.toolchain.id === "go" ? context.failure(build) : undefined;
        if (!failure) continue;
        yield {
          span: failure.span,
          message: failure.message,
          confidence: "certain",
          fixes: failure.fixes.map((fix) => ({ ...fix, safety: "review" as const })),
        };
      }
    }
  },
};
