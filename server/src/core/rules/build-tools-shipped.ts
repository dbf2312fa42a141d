import { formatSize } from "../catalog/size";
import type { FileContext } from "../flow/context";
import { toolsShipped } from "../flow/layers/build-tools";
import type { Stage } from "../model/model";
import { listed } from "../text/listed";
import { type Finding, inShipped, type Rule } from "./rule";

export const buildToolsShipped: Rule = {
  id: "build-tools-shipped",
  title: "Packages for building are installed into the image that ships",
  group: "size",
  severity: "warning",
  sameAs: [],
  recipes: [],
  docs: {
    what: "A package manager installs compilers, headers (`-dev`, `-devel`), make or git into a layer of the image that ships, and the same RUN does not remove them.",
    why: "They are large, each is scanned and patched with the program, and a compiler is what an intruder looks for. In a build stage they cost nothing; in one RUN they can be installed, used and removed.",
    limits:
      "It goes by a list of names. A program that compiles or calls git while it runs needs them: ignore it there. Images that start a shell are taken for toolboxes, and so are those of which nobody knows what they start.",
    examples: [
      {
        before: `FROM python:3.13-slim
RUN apt-get update \\
    && apt-get install -y --no-install-recommends gcc libpq-dev \\
    && rm -rf /var/lib/apt/lists/*
RUN pip install --no-cache-dir psycopg2
CMD ["python", "-m", "app"]
`,
        after: `FROM python:3.13-slim AS build
RUN apt-get update \\
    && apt-get install -y --no-install-recommends gcc libpq-dev \\
    && rm -rf /var/lib/apt/lists/*
RUN pip install --no-cache-dir --target /packages psycopg2

FROM python:3.13-slim
RUN apt-get update \\
    && apt-get install -y --no-install-recommends libpq5 \\
    && rm -rf /var/lib/apt/lists/*
ENV PYTHONPATH=/packages
COPY --from=build /packages /packages
CMD ["python", "-m", "app"]
`,
      },
    ],
  },
  check: (context) => inShipped(context, (stage) => toolsIn(context, stage)),
};

function* toolsIn(context: FileContext, stage: Stage): Iterable<Finding> {
  const build = context.builds(stage)[0];
  for (const { install, tools, size } of toolsShipped(context, stage)) {
    const { run, verb } = install;
    yield {
      span: { start: run.programWord.span.start, end: verb().span.end },
      message: `${named(tools)} ${tools.length === 1 ? "is" : "are"} for building and ${tools.length === 1 ? "ships" : "ship"} with the program${size?.bytes ? ` (${formatSize(size)} with all that this installs)` : ""}.`,
      confidence: run.command.always ? "certain" : "likely",
      ...(build && { related: [{ span: build.span, message: "This is the build that uses them." }] }),
    };
  }
}

/** So many are named; the rest is counted. */
const NAMED = 4;

function named(tools: readonly string[]): string {
  return `${listed(tools, NAMED)}${tools.length > NAMED ? " packages" : ""}`;
}
