import { carriedProgram } from "../flow/carried-program";
import { rootsFolder, userOf } from "../flow/writable";
import type { Rule } from "./rule";

export const unwritablePath: Rule = {
  id: "unwritable-path",
  title: "The program writes where its user may not",
  group: "runtime",
  severity: "warning",
  sameAs: [],
  recipes: [],
  docs: {
    what: "The program writes to a folder of the image that belongs to root, and runs as another user.",
    why: "Folders that COPY and WORKDIR make are root's. The container starts, and the first write ends with “permission denied”.",
    limits:
      "It is read from paths that stand in the program's own sources. Where a command, `--chown`, `--chmod` or a volume may have changed the folder, it is silent.",
    examples: [
      {
        before: `FROM golang:1.26 AS build
WORKDIR /src
COPY main.go .
RUN CGO_ENABLED=0 go build -o /app/journal main.go
RUN mkdir -p /app/data

FROM gcr.io/distroless/static-debian13:nonroot
COPY --from=build /app/journal /app/journal
CMD ["/app/journal"]
#- main.go
package main

import "os"

func main() { os.WriteFile("/app/data/journal.txt", nil, 0o644) }
`,
        after: `FROM golang:1.26 AS build
WORKDIR /src
COPY main.go .
RUN CGO_ENABLED=0 go build -o /app/journal main.go
RUN mkdir -p /app/data

FROM gcr.io/distroless/static-debian13:nonroot
COPY --from=build /app/journal /app/journal
COPY --from=build --chown=65532:65532 /app/data /app/data
CMD ["/app/journal"]
#- main.go
package main

import "os"

func main() { os.WriteFile("/app/data/journal.txt", nil, 0o644) }
`,
      },
    ],
  },
  *check(context) {
    const program = carriedProgram(context);
    const user = program && userOf(program.stage);
    if (!program || !user || context.failure(program.build)) return;
    const { stage, build, view, start } = program;
    const told = new Set<string>();
    for (const use of build.toolchain.runtime(build, view)?.writes ?? []) {
      const folder = rootsFolder(context, stage, use);
      if (folder === undefined || told.has(folder)) continue;
      told.add(folder);
      yield {
        span: start.span,
        message: `The program writes ${use.path} (${use.by}), and ${folder} belongs to root: user ${user} may not.`,
        confidence: "likely",
      };
    }
  },
};
