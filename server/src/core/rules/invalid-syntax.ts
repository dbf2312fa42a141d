import { grammarProblems } from "../syntax/grammar";
import type { Rule } from "./rule";

export const invalidSyntax: Rule = {
  id: "invalid-syntax",
  title: "BuildKit would reject this",
  group: "upkeep",
  severity: "error",
  sameAs: ["DL1000"],
  recipes: [],
  docs: {
    what: "The line is not what BuildKit's Dockerfile frontend accepts; the message is its reason.",
    why: "The build stops before its first step.",
    limits: "It follows BuildKit's current frontend: an older engine may accept less.",
    examples: [
      {
        before: `FROM alpine:3.22
RUM echo hello
`,
        after: `FROM alpine:3.22
RUN echo hello
`,
      },
    ],
  },
  *check({ syntax }) {
    const problems = [...syntax.problems, ...grammarProblems(syntax)].sort((a, b) => a.span.start - b.span.start);
    for (const { span, message } of problems) yield { span, message, confidence: "certain" };
  },
};
