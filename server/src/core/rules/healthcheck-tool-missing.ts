import type { FileContext } from "../flow/context";
import { type HealthCheck, healthCheckOf, type MissingTool, missingTool } from "../flow/running/health-check";
import { baseNamed } from "../flow/running/missing-shells";
import { lookupAt, type Stage } from "../model/model";
import { jsonForm } from "../rewrite/style";
import { plainWords } from "../shell/plain-words";
import type { Instruction } from "../syntax/instruction";
import type { Fix, Rule } from "./rule";

export const healthcheckToolMissing: Rule = {
  id: "healthcheck-tool-missing",
  title: "The health check runs a program that the image has not",
  group: "runtime",
  severity: "warning",
  sameAs: [],
  recipes: [],
  docs: {
    what: "HEALTHCHECK runs `curl`, `wget`, `nc` or another program that is not in the image: slim and distroless images have none of them, Alpine has wget and nc, but no curl. Shell form needs a shell too, which scratch and distroless lack.",
    why: 'The program runs, and its container is `unhealthy` for ever: “curl: not found”, “exec: "curl": executable file not found in $PATH”, “exec: "/bin/sh": stat /bin/sh: no such file or directory”. Compose waits for it in vain, and Swarm replaces it again and again.',
    limits:
      "Where a step may have brought the program, it is silent; so it is where the check may do without it, as in `curl … || wget …`. A check that a compose file or `docker run` sets is not seen.",
    examples: [
      {
        before: `FROM alpine:3.22
COPY site /www
HEALTHCHECK CMD curl -f http://localhost:8080/ || exit 1
CMD ["httpd", "-f", "-p", "8080", "-h", "/www"]
`,
        after: `FROM alpine:3.22
COPY site /www
HEALTHCHECK CMD wget -q -O /dev/null http://localhost:8080/ || exit 1
CMD ["httpd", "-f", "-p", "8080", "-h", "/www"]
`,
      },
      {
        before: `FROM gcr.io/distroless/static-debian13
COPY app /app
HEALTHCHECK CMD /app --check || exit 1
CMD ["/app"]
`,
        after: `FROM gcr.io/distroless/static-debian13
COPY app /app
HEALTHCHECK CMD ["/app", "--check"]
CMD ["/app"]
`,
      },
    ],
  },
  *check(context) {
    const told = new Set<Instruction>();
    for (const { stage, certain } of context.targets) {
      const check = healthCheckOf(stage);
      const missing = check && missingTool(context, stage, check);
      if (!missing || told.has(check.instruction)) continue;
      told.add(check.instruction);
      const what = missing.isShell ? `is in shell form, which needs ${missing.tool}` : `runs ${missing.tool}`;
      yield {
        span: missing.span,
        message: `HEALTHCHECK ${what}, and ${baseNamed(stage)} has none: the container is never healthy.`,
        confidence: certain ? "certain" : "likely",
        fixes: [...execForm(stage, check, missing), ...byWget(context, stage, missing)],
      };
    }
  },
};

/** Plain words need no shell; that any failure is exit code 1 makes no difference to the engine. */
function execForm(stage: Stage, { source, span }: HealthCheck, { isShell }: MissingTool): readonly Fix[] {
  if (!isShell) return [];
  const bare = source.replace(/\|\|[ \t]*exit[ \t]+1$/, "").trimEnd();
  const read = plainWords(bare, lookupAt(stage, stage.instructions.length));
  if ("needs" in read) return [];
  return [{ title: "Write the check in exec form", safety: "review", edits: [{ span, text: jsonForm(read.words) }] }];
}

/** Flags of curl that make it no different from a wget which throws the answer away. */
const QUIET = /^(?:-[fsSL]+|--fail|--silent|--show-error|--location)$/;

/** `curl -f URL` is `wget -q -O /dev/null URL`, where the image has that one. */
function byWget(context: FileContext, stage: Stage, { tool, command }: MissingTool): readonly Fix[] {
  if (tool !== "curl" || !command || context.program(stage, "wget").kind !== "there") return [];
  const words = command.args.map(({ text }) => text);
  const [address, ...others] = words.filter((word) => !QUIET.test(word));
  const fails = words.some((word) => word === "--fail" || (/^-[a-zA-Z]+$/.test(word) && word.includes("f")));
  if (!address || address.startsWith("-") || others.length > 0 || !fails) return [];
  const last = command.args.at(-1)?.span.end ?? command.span.end;
  const edit = { span: { start: command.name.span.start, end: last }, text: `wget -q -O /dev/null ${address}` };
  return [{ title: "Ask with wget, which the image has", safety: "review", edits: [edit] }];
}
