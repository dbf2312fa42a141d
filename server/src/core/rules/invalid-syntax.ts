import { problemsOf } from "../model/problems";
import { hasStableFrontend } from "../syntax/frontend";
import { MAX_INSTRUCTIONS } from "../syntax/scan";
import type { Finding, Rule } from "./rule";

export const invalidSyntax: Rule = {
  id: "invalid-syntax",
  title: "BuildKit would reject this",
  group: "upkeep",
  severity: "error",
  sameAs: ["DL1000"],
  recipes: [],
  docs: {
    what: "The line is not what BuildKit's Dockerfile frontend accepts, as its parser reads it or as it becomes a build step (a stage that does not exist, a quote that does not close, a mount option that is none); the message is its reason.",
    why: "The build stops before its first step.",
    limits:
      "It follows BuildKit's current frontend: an older engine may accept less. What hangs on a build argument or on the base image is not looked at. Where only a build of another stage meets it, the finding is likely; so it is where `# syntax=` names a frontend that is no stable release of docker/dockerfile. Of a file with more than 20,000 instructions nothing is judged, which a finding says.",
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
  *check({ syntax, model }) {
    if (!syntax.isRead) yield UNREAD;
    const isStable = hasStableFrontend(syntax);
    for (const { span, message, certain } of problemsOf(model).slice(0, MOST_TOLD))
      yield {
        span,
        message: shortened(message),
        confidence: certain && isStable ? "certain" : "likely",
      };
  },
};

// The number is not formatted by its locale: that loads tables for 17 ms at every start.
const UNREAD: Finding = {
  span: { start: 0, end: 0 },
  message: `Ballast reads no file with more than ${MAX_INSTRUCTIONS / 1_000},000 instructions, and says nothing else about this one.`,
  severity: "warning",
  confidence: "certain",
};

/** Nobody reads more of them. */
const MOST_TOLD = 1_000;
/** BuildKit quotes what it refuses, a heredoc of a megabyte too; nobody reads so much. */
const LONGEST = 300;

function shortened(message: string): string {
  if (message.length <= LONGEST) return message;
  return `${message.slice(0, LONGEST >> 1)}…${message.slice(-(LONGEST >> 1))}`;
}
