import type { FileContext } from "../flow/context";
import { startsShell } from "../flow/running/start";
import type { Stage } from "../model/model";
import { spanOf } from "../toolchains/app";
import { type Finding, inShipped, type Rule } from "./rule";

export const missingBuildStage: Rule = {
  id: "missing-build-stage",
  title: "The build tools ship with the program",
  group: "size",
  severity: "warning",
  sameAs: ["tally/prefer-multi-stage-build", "DF011"],
  recipes: ["split-build-stage"],
  docs: {
    what: "The stage that is shipped compiles its program, so the compiler, its packages and its caches are in the image.",
    why: "A compiled program needs none of them at run time. They make up most of the image, each of them has to be patched, and an intruder finds a compiler and a shell. With a build stage the image holds the program alone.",
    limits:
      "Builds are recognised by their commands (`go build`, `cargo build`, `gcc`, `cmake --build` and their like), also in a Makefile that `make` runs; one that a script runs is not seen. Images that start a shell are taken for toolboxes.",
    examples: [
      {
        before: `FROM golang:1.26
WORKDIR /src
COPY calculator.go .
RUN go build -o /calculator calculator.go
CMD ["/calculator"]
`,
        after: `FROM golang:1.26 AS build
WORKDIR /src
COPY calculator.go .
RUN CGO_ENABLED=0 go build -o /calculator calculator.go

FROM gcr.io/distroless/static-debian13:nonroot
COPY --from=build /calculator /calculator
CMD ["/calculator"]
`,
      },
    ],
  },
  check: (context) => inShipped(context, (stage) => buildsIn(context, stage)),
};

function* buildsIn(context: FileContext, stage: Stage): Iterable<Finding> {
  const start = context.start(stage);
  if (!start || startsShell(start)) return;
  const build = context.builds(stage)[0];
  const app = build ? undefined : context.app(stage);
  const compiled = typeof app === "object" ? app.app.build : undefined;
  const span = build?.span ?? (compiled && spanOf(compiled));
  if (!span || (typeof app === "object" && context.image(stage)?.role === "distroless")) return;
  const base = stage.base.token;
  const what = build
    ? `The ${build.toolchain.title} compiler and all that it needs ship with the program; the program alone is needed at run time`
    : typeof app === "object" && app.app.weight;
  yield {
    span,
    message: `${what}.`,
    confidence: start.argv ? "certain" : "likely",
    related: [
      ...(base ? [{ span: base.span, message: "The compiler is in this stage, which is the one that ships." }] : []),
      { span: start.span, message: "This is what the image starts." },
    ],
  };
}
