import type { FileContext } from "../flow/context";
import { carriedProgram } from "../flow/running/carried-program";
import { deniedWrite } from "../flow/running/denied-writes";
import { isSurelyRoots } from "../flow/running/roots-folder";
import type { Target } from "../flow/running/targets";
import { isRootsVolume, rootsFolder, userOf } from "../flow/running/writable";
import { imageSettings } from "../model/image-config";
import type { Stage } from "../model/model";
import { posix } from "../model/paths";
import { neededStages } from "../model/reach";
import type { Finding, Rule } from "./rule";

export const unwritablePath: Rule = {
  id: "unwritable-path",
  title: "The program writes where its user may not",
  group: "runtime",
  severity: "warning",
  sameAs: [],
  recipes: [],
  docs: {
    what: "The program, or a command of a RUN, writes to a folder of the image that belongs to root, and runs as another user.",
    why: "Folders that COPY, WORKDIR and VOLUME make are root's. The container starts, and the first write ends with “permission denied”; a RUN ends the build with “Permission denied” (npm: “EACCES: permission denied”).",
    limits:
      "For Go it is read from paths that stand in the program's own sources; it is certain of a file or folder that main makes at every start. Of commands it knows mkdir, touch and npm. Where another command, `--chown` or `--chmod` may have changed the folder, it is silent.",
    examples: [
      {
        before: `FROM golang:1.26 AS build
WORKDIR /src
COPY main.go .
RUN CGO_ENABLED=0 go build -o /app/journal main.go
RUN mkdir -p /app/data

FROM gcr.io/distroless/static-debian13:nonroot
COPY --from=build /app/journal /app/journal
COPY --from=build /app/data /app/data
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
    const needed = neededStages(context.model);
    for (const stage of context.model.stages) {
      const target = context.targets.find((each) => each.stage === stage);
      if (target || needed.has(stage)) yield* deniedRuns(context, stage);
      if (target) yield* programsWrites(context, target);
      if (target) yield* volumes(context, target);
    }
  },
};

/** A RUN that fails: the image is never made. */
function* deniedRuns(context: FileContext, stage: Stage): Iterable<Finding> {
  const denied = deniedWrite(context, stage);
  if (!denied) return;
  yield {
    span: denied.run.command.span,
    message: `This runs as user ${denied.user}, and ${denied.folder} belongs to root: the build fails here.`,
    confidence: denied.sure ? "certain" : "likely",
    severity: "error",
  };
}

function* programsWrites(context: FileContext, { stage, certain }: Target): Iterable<Finding> {
  const program = carriedProgram(context, stage);
  const user = program && userOf(program.stage);
  if (!program || !user || context.failure(program.build)) return;
  const { build, view, start } = program;
  const told = new Set<string>();
  for (const use of build.toolchain.runtime(build, view)?.writes ?? []) {
    const folder = rootsFolder(context, stage, use);
    if (folder === undefined || told.has(folder)) continue;
    told.add(folder);
    const sure =
      certain &&
      use.isMade === true &&
      folder === posix.dirname(use.path) &&
      context.isAbsent(stage, use.path) &&
      isSurelyRoots(context, stage, folder);
    yield {
      span: start.span,
      message: `The program writes ${use.path} (${use.by}), and ${folder} belongs to root: user ${user} may not.`,
      confidence: sure ? "certain" : "likely",
    };
  }
}

/** Each takes a look at the whole stage; a person writes fewer. */
const MAX_VOLUMES = 32;

/** A volume is there to be written to; a new one is as the image has its folder. */
function* volumes(context: FileContext, { stage, certain }: Target): Iterable<Finding> {
  const user = userOf(stage);
  if (!user) return;
  const all = [...imageSettings(context.model, stage).values()].filter(({ key }) => key === "VOLUME");
  for (const { name, instruction } of all.slice(0, MAX_VOLUMES)) {
    if (!isRootsVolume(context, stage, name)) continue;
    yield {
      span: instruction.span,
      message: `A new volume at ${name} belongs to root, as the image has the folder: user ${user} may not write to it.`,
      confidence: certain ? "certain" : "likely",
    };
  }
}
