import { launcherKind } from "../flow/running/launchers";
import { missingStart } from "../flow/running/missing-start";
import { programsOf } from "../flow/running/programs";
import type { Start } from "../flow/running/start";
import { lineage } from "../model/image-config";
import type { Stage } from "../model/model";
import { posix } from "../model/paths";
import { bodySpan } from "../syntax/instruction";
import type { Fix, Rule } from "./rule";

export const commandPathMissing: Rule = {
  id: "command-path-missing",
  title: "The image starts a file that is not there",
  group: "runtime",
  severity: "error",
  sameAs: [],
  recipes: [],
  docs: {
    what: "CMD or ENTRYPOINT names a file that no step makes and that the base image has not, or a program that no folder of PATH has.",
    why: "The image builds, and its container dies at once with “exec: … no such file or directory”, or “executable file not found in $PATH”; a start in shell form with “not found”. Often the program was built in another folder: without a WORKDIR `go build -o app` writes to `/app`.",
    limits:
      "It speaks only where every step of the stage is understood: a script, a download or a folder that was not seen may have made anything. What the base image holds is known of the usual systems and languages. Where a stage copies nothing, or a VOLUME covers the path, a mount may bring the file.",
    examples: [
      {
        before: `FROM golang:1.26
COPY calculator.go /src/
RUN go build -o /calculator /src/calculator.go
ENTRYPOINT ["/src/calculator"]
`,
        after: `FROM golang:1.26
COPY calculator.go /src/
RUN go build -o /calculator /src/calculator.go
ENTRYPOINT ["/calculator"]
`,
      },
    ],
  },
  *check(context) {
    for (const target of context.targets) {
      const missing = missingStart(context, target);
      if (!missing) continue;
      const { stage, start, shown, certain } = missing;
      // Known tools are launcher-missing's to name.
      if (launcherKind(context, start.argv?.[0] ?? "")) continue;
      const made = programsOf(context, stage);
      yield {
        span: start.span,
        message: messageOf(start, shown, made, lineage(stage)[0]?.base.kind === "scratch"),
        confidence: certain ? "certain" : "likely",
        fixes: fixesOf(stage, start, made),
      };
    }
  },
};

function messageOf({ instructions, span }: Start, shown: string, made: readonly string[], isEmpty: boolean): string {
  const main = instructions.find((each) => each.span.start <= span.start && span.end <= each.span.end);
  const starts = `${main?.keyword ?? "The image"} starts ${shown}`;
  if (!shown.includes("/") && made.length === 0 && !isEmpty)
    return `${starts}, which neither the base image nor a step puts in a folder of PATH.`;
  return `${starts}, which no step makes${made.length > 0 ? `; the build makes ${made.join(", ")}` : ""}.`;
}

/** The program that is made, in the place of the one that is not; a HEALTHCHECK by the same path follows. */
function fixesOf(stage: Stage, { argv, shellForm, span }: Start, made: readonly string[]): readonly Fix[] {
  const named = made.find((path) => posix.basename(path) === posix.basename(argv?.[0] ?? ""));
  const right = named ?? (made.length === 1 ? made[0] : undefined);
  if (right === undefined || shellForm) return [];
  const text = JSON.stringify(right);
  const checks = stage.instructions.flatMap((instruction) => {
    const at = instruction.keyword === "HEALTHCHECK" ? instruction.body.indexOf(JSON.stringify(argv?.[0])) : -1;
    return at < 0 ? [] : { span: bodySpan(instruction, at, at + JSON.stringify(argv?.[0]).length), text };
  });
  return [{ title: `Start ${right}`, safety: "review", edits: [{ span, text }, ...checks] }];
}
