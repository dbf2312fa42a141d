import type { FileContext } from "../flow/context";
import { shadowOf } from "../flow/running/targets";
import type { Stage } from "../model/model";
import { usedStages } from "../model/reach";
import type { Finding, Fix, Rule } from "./rule";

export const unreachableStage: Rule = {
  id: "unreachable-stage",
  title: "Nobody needs a stage",
  group: "upkeep",
  severity: "info",
  sameAs: ["tally/no-unreachable-stages", "DuplicateStageName"],
  recipes: [],
  docs: {
    what: "No other stage stands on it, copies or mounts from it, and it is not the last one. Either no build can ask for it by a name, for it has none or a later stage has the same; or it has a name that no file of the folder asks for.",
    why: "BuildKit leaves it out without a word: what it checks is never checked, what it makes is never made. The classic builder runs it in each build, for nothing.",
    limits:
      "A stage with a name of its own may be a target of `docker build --target`, as those for tests and development are: that is a hint, and `likely`. It is silent where a variable names a stage, and in files of more than 500 stages.",
    examples: [
      {
        before: `FROM golang:1.26 AS build
WORKDIR /src
COPY old.go .
RUN go build -o /app old.go

FROM golang:1.26 AS build
WORKDIR /src
COPY main.go .
RUN CGO_ENABLED=0 go build -o /app main.go

FROM gcr.io/distroless/static-debian13:nonroot
COPY --from=build /app /app
CMD ["/app"]
`,
        after: `FROM golang:1.26 AS build
WORKDIR /src
COPY main.go .
RUN CGO_ENABLED=0 go build -o /app main.go

FROM gcr.io/distroless/static-debian13:nonroot
COPY --from=build /app /app
CMD ["/app"]
`,
      },
    ],
  },
  *check(context) {
    const { model, targets } = context;
    const used = model.stages.length > 1 ? usedStages(model) : undefined;
    if (!used) return;
    const asked = new Set(targets.flatMap(({ stage, certain }) => (certain ? [stage] : [])));
    for (const stage of model.stages) if (!used.has(stage) && !asked.has(stage)) yield unneeded(context, stage);
  },
};

function unneeded(context: FileContext, stage: Stage): Finding {
  const { name, from, base } = stage;
  const span = name?.span ?? base.token?.span ?? from.keywordSpan;
  const shadow = shadowOf(context.model, stage);
  if (name && !shadow)
    return {
      span,
      severity: "hint",
      confidence: "likely",
      message: `No stage uses ${name.text}, and no file was seen that asks for it: only \`docker build --target ${name.text}\` builds it.`,
    };
  const why = shadow
    ? `and a later stage is called ${name?.text} too`
    : "and it has no name that a build could ask for";
  return {
    span,
    confidence: "certain",
    message: `No stage uses this one, ${why}: it is never built.`,
    ...(shadow?.name && { related: [{ span: shadow.name.span, message: "This is the stage that the name means." }] }),
    fixes: removal(context, stage),
  };
}

/** Without the stage all later ones have other numbers; the comments above the next FROM belong to that. */
function removal({ text }: FileContext, { from, instructions, index }: Stage): readonly Fix[] {
  if (/from=["']?\d/i.test(text)) return [];
  const end = (instructions.at(-1) ?? from).span.end;
  const blank = /^(?:[ \t]*\r?\n)*/.exec(text.slice(end))?.[0].length ?? 0;
  return [
    {
      title: "Remove the stage",
      safety: "review",
      edits: [{ span: { start: from.span.start, end: end + blank }, text: "" }],
      assumes: [`No build asks for it by its number: \`docker build --target ${index}\`.`],
    },
  ];
}
