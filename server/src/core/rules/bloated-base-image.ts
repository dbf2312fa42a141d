import { type BaseImage, unpackedSize } from "../catalog/catalog";
import { formatSize } from "../catalog/size";
import type { FileContext } from "../flow/context";
import { carriedProgram } from "../flow/running/carried-program";
import { needsSystem } from "../flow/running/needs-system";
import { startsShell } from "../flow/running/start";
import { lineage } from "../model/image-config";
import type { Stage } from "../model/model";
import { type Finding, inShipped, type Rule } from "./rule";

export const bloatedBaseImage: Rule = {
  id: "bloated-base-image",
  title: "The shipped image stands on a base for building",
  group: "size",
  severity: "warning",
  sameAs: ["DF011"],
  recipes: ["split-build-stage", "slim-final-stage"],
  docs: {
    what: "The stage that is shipped stands on an image with compilers, headers and a package manager, or on a whole operating system around one compiled program.",
    why: "All of the base is pulled, stored and scanned with every version of the program. A distroless image of the language, or a slim variant, holds what the program needs to run.",
    limits:
      "It speaks about images that the catalog knows. Images that start a shell are taken for toolboxes, and so is an operating system whose program no step is seen to build. The smallest system is right for a program that needs packages of it.",
    examples: [
      {
        before: `FROM node:24
WORKDIR /app
COPY server.js .
CMD ["node", "server.js"]
`,
        after: `FROM gcr.io/distroless/nodejs24-debian13:nonroot
WORKDIR /app
COPY server.js .
CMD ["server.js"]
`,
      },
    ],
  },
  check: (context) => inShipped(context, (stage) => bloatedIn(context, stage)),
};

function* bloatedIn(context: FileContext, stage: Stage): Iterable<Finding> {
  const image = context.image(stage);
  const token = lineage(stage)[0]?.base.token;
  const start = context.start(stage);
  if (!image || !token || (start && startsShell(start))) return;
  const heavy = weight(context, stage, image, start !== undefined);
  const what = heavy ?? (isSlimFor(context, stage, image) ? SLIM : undefined);
  if (!what) return;
  const size = unpackedSize(image);
  yield {
    span: token.span,
    message: `${token.text} ${size ? `(${formatSize(size)}) ` : ""}${what}.`,
    confidence: heavy ? "certain" : "likely",
    ...(heavy ? {} : { severity: "info" as const }),
  };
}

const SLIM =
  "ships a shell and a package manager, which this program does not use; a distroless image has its runtime alone";

/** The slim image of a language under a program that distroless can run. */
function isSlimFor(context: FileContext, stage: Stage, { role, tag }: BaseImage): boolean {
  if (role !== "sdk" || !/(?:^|-)slim/.test(tag)) return false;
  const app = context.app(stage);
  const way = typeof app === "object" ? app.app.ways.distroless : undefined;
  return typeof way === "object" && way.upgrade === undefined;
}

/** Ecosystems whose programs run without their SDK. */
const COMPILED = new Set(["go", "rust", "java", "dotnet", "c", "c++", "swift", "haskell"]);

function weight(context: FileContext, stage: Stage, image: BaseImage, starts: boolean): string | undefined {
  if (image.role === "os") {
    const carried = carriedProgram(context, stage);
    const smallest = image.name === "ubuntu" || image.tag.includes("slim");
    if (carried && smallest && needsSystem(context, carried)) return undefined;
    return starts && (carried || context.builds(stage).length > 0)
      ? "ships a whole operating system around one program"
      : undefined;
  }
  if (image.role !== "sdk" || !starts) return undefined;
  if (COMPILED.has(image.ecosystem ?? ""))
    return "ships a compiler and a package manager, which a finished program does not need";
  return /(?:^|-)(?:slim|alpine)/.test(image.tag)
    ? undefined
    : "ships compilers, headers and a package manager, which a finished program seldom needs";
}
