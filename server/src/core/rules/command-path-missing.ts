import { launcherKind } from "../flow/launchers";
import { programsOf, startPaths } from "../flow/programs";
import { mayInheritEntrypoint } from "../flow/shipped-program";
import { type Start, startsShell } from "../flow/start";
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
    what: "CMD or ENTRYPOINT names a file that no step makes and that the base image has not.",
    why: "The image builds, and its container dies at once with “exec: … no such file or directory”. Often the program was built in another folder: without a WORKDIR `go build -o app` writes to `/app`.",
    limits:
      "It speaks only where every step of the stage is understood: a script, a download or a folder that was not seen may have made anything. Files below the system's own folders may come from the base image.",
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
    const stage = context.model.final;
    const start = stage && context.start(stage);
    if (!stage || !start || startsShell(start) || mayInheritEntrypoint(context, stage, start)) return;
    // Known tools are launcher-missing's to name.
    if (launcherKind(context, start.argv?.[0] ?? "")) return;
    const paths = startPaths(context, stage);
    if (!paths?.length || paths.some((path) => !context.isAbsent(stage, path))) return;
    const made = programsOf(context, stage);
    const keyword = start.instructions.find(
      ({ span }) => span.start <= start.span.start && start.span.end <= span.end,
    )?.keyword;
    const shown = paths.length === 1 ? paths[0] : start.argv?.[0];
    yield {
      span: start.span,
      message: `${keyword ?? "The image"} starts ${shown}, which no step makes${made.length > 0 ? `; the build makes ${made.join(", ")}` : ""}.`,
      confidence: "certain",
      fixes: fixesOf(stage, start, made),
    };
  },
};

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
