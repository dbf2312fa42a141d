import { findGone, type Gone } from "../catalog/gone";
import { parseReference } from "../catalog/reference";
import { neededStages } from "../model/reach";
import type { Rule } from "./rule";

export const unknownImage: Rule = {
  id: "unknown-image",
  title: "Nothing is published under this name",
  group: "surface",
  severity: "error",
  sameAs: [],
  recipes: ["slim-final-stage"],
  docs: {
    what: "A FROM names an image that was never published, or that those who made it have dropped.",
    why: "The build stops at a name that does not exist. A dropped image may still be in a registry or a cache, as it was on its last day: without any fix since.",
    limits:
      "The names are on a list that is made by hand (catalog/never-existed.json and catalog/distroless/removed.json): a name that is not on it may still not exist. A dropped image is a warning, for it may still be pulled.",
    examples: [
      {
        before: `FROM openjdk:17-jre-slim
COPY app.jar /app.jar
CMD ["java", "-jar", "/app.jar"]
`,
        after: `FROM gcr.io/distroless/java17-debian13:nonroot
COPY app.jar /app.jar
CMD ["/app.jar"]
`,
      },
    ],
  },
  *check({ model }) {
    for (const { base } of [...neededStages(model)].sort((a, b) => a.index - b.index)) {
      const reference = base.kind === "image" ? parseReference(base.reference) : undefined;
      const gone = reference && findGone(reference);
      if (!base.token || !gone || gone.hasRelease) continue;
      yield {
        span: base.token.span,
        message: [`${base.token.text} ${happened(gone)}.`, gone.advice, instead(gone)].filter(Boolean).join(" "),
        confidence: base.token.text.includes("$") ? "likely" : "certain",
        ...(gone.kind === "removed" && { severity: "warning" as const }),
      };
    }
  },
};

function happened({ kind, since }: Gone): string {
  if (kind === "never-existed") return "was never published";
  return since ? `was dropped in ${since.slice(0, 4)}` : "was dropped";
}

function instead({ replacement }: Gone): string {
  return replacement ? `Instead: ${replacement}.` : "";
}
