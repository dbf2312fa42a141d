import type { FileContext } from "../flow/context";
import { copiesOf } from "../flow/copies";
import { programsOf } from "../flow/programs";
import type { Stage } from "../model/model";
import { posix } from "../model/paths";
import { neededStages, stageNamed } from "../model/reach";
import type { Finding, Rule } from "./rule";

export const copiedPathMissing: Rule = {
  id: "copied-path-missing",
  title: "COPY takes a file that its stage never makes",
  group: "runtime",
  severity: "error",
  sameAs: [],
  recipes: [],
  docs: {
    what: "`COPY --from` names a path of another stage that no step of that stage makes and that its base has not.",
    why: "The build ends at that line with “not found”. Often the program was built in another folder: without a WORKDIR `go build -o app` writes to `/app`.",
    limits:
      "It speaks only where every step of the stage is understood: a script, a download or a folder that was not seen may have made anything. Paths with patterns, of other images and of system folders are left alone.",
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
    for (const stage of neededStages(context.model)) yield* missingIn(context, stage);
  },
};

function* missingIn(context: FileContext, stage: Stage): Iterable<Finding> {
  for (const copy of copiesOf(stage, context.syntax.escape)) {
    const source = copy.from === undefined ? undefined : stageNamed(context.model, stage, copy.from);
    if (!source || !copy.sources) continue;
    for (const [index, path] of copy.sources.entries()) {
      const place = posix.join("/", path);
      if (/[*?[]/.test(path) || context.presence(source, place).kind !== "absent") continue;
      const word = copy.words[index];
      if (!word) continue;
      const made = programsOf(context, source);
      const right = made.find((program) => posix.basename(program) === posix.basename(place));
      const name = source.name?.text ?? String(source.index);
      yield {
        span: word.span,
        message: `No step of stage ${name} makes ${place}${made.length > 0 ? `; its build makes ${made.join(", ")}` : ""}.`,
        confidence: "certain",
        related: [{ span: source.from.span, message: `Stage ${name}` }],
        fixes: right
          ? [{ title: `Copy from ${right}`, safety: "review", edits: [{ span: word.span, text: copy.write(right) }] }]
          : [],
      };
    }
  }
}
