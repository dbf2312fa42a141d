import { missingCopies } from "../flow/files/missing-copies";
import { missingMounts } from "../flow/files/missing-mounts";
import type { Rule } from "./rule";

export const copiedPathMissing: Rule = {
  id: "copied-path-missing",
  title: "COPY takes a file that its stage never makes",
  group: "runtime",
  severity: "error",
  sameAs: [],
  recipes: [],
  docs: {
    what: "`COPY --from` or `RUN --mount=type=bind,from=…` names a path of another stage that no step of that stage makes and that its base has not, or of an image that has none.",
    why: "The build ends at that line with “not found”, on Engine 20.10 also with “no such file or directory” where the folder above is missing. Often the program was built in another folder: without a WORKDIR `go build -o app` writes to `/app`.",
    limits:
      "It speaks only where every step of the stage is understood: a script, a download or a folder that was not seen may have made anything. A pattern that matches nothing copies nothing, and is left alone; what images hold is known of the usual systems and languages.",
    examples: [
      {
        before: `FROM golang:1.26 AS build
COPY calculator.go /src/
RUN go build -o /calculator /src/calculator.go

FROM scratch
COPY --from=build /src/calculator /calculator
ENTRYPOINT ["/calculator"]
`,
        after: `FROM golang:1.26 AS build
COPY calculator.go /src/
RUN go build -o /calculator /src/calculator.go

FROM scratch
COPY --from=build /calculator /calculator
ENTRYPOINT ["/calculator"]
`,
      },
    ],
  },
  *check(context) {
    const copies = missingCopies(context).map(({ copy, word, source, message, right }) => ({
      span: word.span,
      message,
      confidence: "certain" as const,
      related: source ? [{ span: source.from.span, message: `Stage ${source.name?.text ?? source.index}` }] : [],
      fixes: right
        ? [
            {
              title: `Copy from ${right}`,
              safety: "review" as const,
              edits: [{ span: word.span, text: copy.write(right) }],
            },
          ]
        : [],
    }));
    const mounts = missingMounts(context).map(({ flag, message }) => ({
      span: flag.span,
      message,
      confidence: "certain" as const,
    }));
    yield* [...copies, ...mounts].sort((a, b) => a.span.start - b.span.start);
  },
};
