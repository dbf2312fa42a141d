import { carriedProgram } from "../flow/running/carried-program";
import type { Rule } from "./rule";

export const unstrippedBinary: Rule = {
  id: "unstripped-binary",
  title: "The program ships with its debug information",
  group: "size",
  severity: "info",
  sameAs: [],
  recipes: [],
  docs: {
    what: "The program that the image starts was built with its symbol table and debug information.",
    why: "They are about a third of a Go program. Panics keep their stack traces with names and lines without them; only a debugger wants them.",
    limits:
      "It looks at programs that a build stage makes and the final stage carries, by the flags of the build command.",
    examples: [
      {
        before: `FROM golang:1.26 AS build
WORKDIR /src
COPY calculator.go .
RUN CGO_ENABLED=0 go build -o /calculator calculator.go

FROM scratch
COPY --from=build /calculator /calculator
CMD ["/calculator"]
`,
        after: `FROM golang:1.26 AS build
WORKDIR /src
COPY calculator.go .
RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o /calculator calculator.go

FROM scratch
COPY --from=build /calculator /calculator
CMD ["/calculator"]
`,
      },
    ],
  },
  *check(context) {
    const program = carriedProgram(context);
    if (!program || context.failure(program.build)) return;
    const { build, view } = program;
    const edits = build.toolchain.strip(build, view, context.text);
    if (edits.length === 0) return;
    yield {
      span: build.span,
      message: "The program keeps its symbol table and debug information, about a third of its size.",
      confidence: "certain",
      fixes: [{ title: "Leave out symbols and debug information", safety: "review", edits }],
    };
  },
};
