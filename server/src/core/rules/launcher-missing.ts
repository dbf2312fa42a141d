import type { FileContext } from "../flow/context";
import { type LauncherKind, type MissingLauncher, missingLauncher } from "../flow/running/launchers";
import { baseNamed } from "../flow/running/missing-shells";
import type { Stage } from "../model/model";
import type { Instruction } from "../syntax/instruction";
import { moduleOf } from "../toolchains/python/start";
import type { Fix, Rule } from "./rule";

export const launcherMissing: Rule = {
  id: "launcher-missing",
  title: "The tool that starts the program is not in the image",
  group: "runtime",
  severity: "error",
  sameAs: [],
  recipes: [],
  docs: {
    what: "CMD or ENTRYPOINT begins with a tool such as `npm`, `yarn`, `gunicorn`, `uvicorn`, `tini` or `gosu`, or with a language's own program, and the image does not have it. Distroless images of Node.js have no npm, those of Python no scripts of packages, and none has an init.",
    why: "The container does not start: “exec: \"npm\": executable file not found in $PATH”. Behind the entrypoint of a distroless image the name is taken for a file: “Cannot find module '/app/npm'”, “can't open file '/app/gunicorn'”. In shell form it ends with “gunicorn: not found”.",
    limits:
      "It speaks of names that it knows for tools; of other names and of paths command-path-missing does. Where a step may have installed the tool, or PATH has a folder that is not known, it is silent.",
    examples: [
      {
        before: `FROM python:3.13-slim AS build
RUN pip install --target=/deps gunicorn

FROM gcr.io/distroless/python3-debian13
ENV PYTHONPATH=/deps
COPY --from=build /deps /deps
COPY app.py /app/
WORKDIR /app
CMD ["gunicorn", "app:app"]
`,
        after: `FROM python:3.13-slim AS build
RUN pip install --target=/deps gunicorn

FROM gcr.io/distroless/python3-debian13
ENV PYTHONPATH=/deps
COPY --from=build /deps /deps
COPY app.py /app/
WORKDIR /app
CMD ["-m", "gunicorn", "app:app"]
`,
      },
      {
        before: `FROM gcr.io/distroless/nodejs24-debian13
COPY server.js /app/
ENTRYPOINT ["node", "/app/server.js"]
`,
        after: `FROM gcr.io/distroless/nodejs24-debian13
COPY server.js /app/
ENTRYPOINT ["/nodejs/bin/node", "/app/server.js"]
`,
      },
    ],
  },
  *check(context) {
    const told = new Set<Instruction>();
    for (const { stage, certain } of context.targets) {
      const missing = missingLauncher(context, stage);
      if (!missing || told.has(missing.instruction)) continue;
      told.add(missing.instruction);
      yield {
        span: missing.span,
        message: messageOf(missing, baseNamed(stage)),
        confidence: certain && missing.certain ? "certain" : "likely",
        fixes: fixesOf(context, stage, missing),
      };
    }
  },
};

const ADVICE: Readonly<Record<LauncherKind, string>> = {
  scripts: " Name the file that its script runs.",
  module: " Python can start it as a module, by -m.",
  init: " `docker run --init` brings an init.",
  language: "",
  other: "",
};

function messageOf({ tool, kind, instruction, behind }: MissingLauncher, base: string): string {
  if (behind)
    return `${instruction.keyword} gives ${tool} to the entrypoint ${behind.join(" ")} of ${base}, which takes it for a file.${ADVICE[kind]}`;
  return `${instruction.keyword} starts ${tool}, which ${base} does not have, and no step installs it.${ADVICE[kind]}`;
}

function fixesOf(context: FileContext, stage: Stage, missing: MissingLauncher): readonly Fix[] {
  const { tool, kind, span, behind, instruction } = missing;
  if (!instruction.json) return [];
  const isNode = tool === "node" && !behind && context.presence(stage, "/nodejs/bin/node").kind === "there";
  if (isNode)
    return [{ title: "Start /nodejs/bin/node", safety: "review", edits: [{ span, text: '"/nodejs/bin/node"' }] }];
  const python = behind ? [] : ["python3"];
  if (kind !== "module" || (!behind && context.program(stage, "python3").kind !== "there")) return [];
  const module = moduleOf(tool);
  const text = [...python, "-m", module].map((word) => JSON.stringify(word)).join(", ");
  return [
    {
      title: `Start it as a module: -m ${module}`,
      safety: "review",
      edits: [{ span, text }],
      assumes: [`The package of ${tool} is copied to where Python looks for packages.`],
    },
  ];
}
