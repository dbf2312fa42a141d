import { formatBytes } from "../catalog/size";
import type { FileContext } from "../flow/context";
import type { Content } from "../flow/files/content";
import { layerEvents, type Repeated } from "../flow/layers/layers";
import { mergeRuns } from "../rewrite/merge-runs";
import { contentBytes } from "../size/content";
import type { Finding, Fix, Rule } from "./rule";

export const duplicateContent: Rule = {
  id: "duplicate-content",
  title: "The same content ships twice",
  group: "size",
  severity: "warning",
  sameAs: [],
  recipes: [],
  docs: {
    what: "The same files reach the image at two places: one source of COPY is copied to two paths, a RUN copies or moves what an earlier instruction brought, or two instructions download the same address.",
    why: "Layers share nothing: each copy has all its bytes. `mv` is no better than `cp` here, for the earlier layer keeps the file that it moves away. Put the files where they belong at once, in the same RUN, or with a symbolic link.",
    limits:
      "Only the layers of images that ship are judged. Where the bytes are known from the folder it speaks from 1 MB on; where they are not, it speaks of folders, archives, programs and downloads alone, as info. What is copied once more to the same path, as package.json before `COPY . .`, is how caches are used, and left alone.",
    examples: [
      {
        before: `FROM debian:trixie-slim
RUN curl -fsSLO https://example.com/tool.jar
RUN mv tool.jar /opt/tool.jar
CMD ["java", "-jar", "/opt/tool.jar"]
`,
        after: `FROM debian:trixie-slim
RUN curl -fsSLO https://example.com/tool.jar \\
    && mv tool.jar /opt/tool.jar
CMD ["java", "-jar", "/opt/tool.jar"]
`,
      },
    ],
  },
  *check(context) {
    for (const event of layerEvents(context)) if (event.kind === "repeated") yield* findingOf(context, event);
  },
};

/** From so many bytes on it is a warning; fewer are let go. */
const MUCH = 1_000_000;
/** Files that are worth a word though nobody has counted them. */
const HEAVY = /\.(?:tar|tar\.\w+|tgz|zip|jar|war|ear|whl|deb|rpm|so|dll|exe|bin|iso|img|onnx|pt|safetensors|gguf|h5)$/;

function* findingOf(context: FileContext, event: Repeated): Generator<Finding> {
  const { first, second, path, sure, exact } = event;
  const bytes = contentBytes(context, second) ?? contentBytes(context, first, path);
  if (bytes === undefined ? !isHeavy(event) : bytes < MUCH) return;
  const moved = "command" in second.by && second.by.program === "mv";
  yield {
    span: spanOf(second),
    message: `${second.source?.of === "context" && second.source.path === "" ? "The build context" : path} is in an earlier layer: ${moved ? "moving it here" : "this"} ships it a second time${bytes === undefined ? "" : ` (${exact ? "" : "≈ "}${formatBytes(bytes)})`}.`,
    confidence: sure ? "certain" : "likely",
    ...(bytes === undefined && { severity: "info" as const }),
    related: [{ span: spanOf(first), message: "This brings it first." }],
    fixes: fixes(context, event),
  };
}

function isHeavy({ first, second, path }: Repeated): boolean {
  if (first.source?.of === "address") return true;
  return first.shape === "folder" && first.path === path ? true : HEAVY.test(path) || HEAVY.test(second.path);
}

function spanOf({ by, instruction }: Content) {
  return "command" in by ? by.command.span : instruction.span;
}

/** One RUN of the one that brings it, the one that moves it, and all between. */
function fixes({ syntax }: FileContext, { first, second }: Repeated): readonly Fix[] {
  const move = second.by;
  if (!("command" in move) || move.program !== "mv" || !("command" in first.by) || first.stage !== second.stage)
    return [];
  const edits = mergeRuns(syntax, first.stage, first.at, second.at);
  const assumes = ["A change to one of these commands runs all of them again at the next build."];
  return edits ? [{ title: "Move it in the RUN that brings it", safety: "review", edits, assumes }] : [];
}
