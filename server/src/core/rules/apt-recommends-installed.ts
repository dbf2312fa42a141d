import { formatSize } from "../catalog/size";
import type { FileContext } from "../flow/context";
import { recommendsInstalled } from "../flow/layers/apt-recommends";
import type { Stage } from "../model/model";
import { type Finding, inShipped, type Rule } from "./rule";

const FLAG = "--no-install-recommends";

export const aptRecommendsInstalled: Rule = {
  id: "apt-recommends-installed",
  title: "apt installs what is merely recommended",
  group: "size",
  severity: "warning",
  sameAs: ["DL3015", "DF016", "DS-0029"],
  recipes: [],
  mayGrow: "on-smaller-base",
  docs: {
    what: "An `apt-get install` of the image that ships does not say `--no-install-recommends`, so that apt adds the packages that those named here recommend.",
    why: "Recommended packages are for a person's machine: documentation, mailers, desktop parts. They are in the image, are scanned with it, and have to be patched.",
    limits:
      "Nothing is said where Debian's own index says that the packages recommend none, or that the image has them. A configuration of apt that is written or copied in the file is believed to see to it. What a base image that the catalog does not know configures is not seen.",
    examples: [
      {
        before: `FROM debian:trixie
RUN apt-get update && apt-get install -y nginx && rm -rf /var/lib/apt/lists/*
CMD ["nginx"]
`,
        after: `FROM debian:trixie
RUN apt-get update && apt-get install -y --no-install-recommends nginx && rm -rf /var/lib/apt/lists/*
CMD ["nginx"]
`,
      },
    ],
  },
  check: (context) => inShipped(context, (stage) => recommendsIn(context, stage)),
};

function* recommendsIn(context: FileContext, stage: Stage): Iterable<Finding> {
  for (const { install, size } of recommendsInstalled(context, stage)) {
    const { run, verb, packages, complete } = install;
    const what = complete && packages.length === 1 ? packages[0] : "these packages";
    yield {
      span: { start: run.programWord.span.start, end: verb().span.end },
      message: `apt also installs what ${what} ${packages.length === 1 && complete ? "recommends" : "recommend"}${size ? ` (${formatSize(size)})` : ""}.`,
      confidence: context.image(stage) ? "certain" : "likely",
      fixes: [
        {
          title: "Install without what is merely recommended",
          safety: "review",
          edits: [
            {
              span: { start: verb().span.end, end: verb().span.end },
              text: run.instruction.json ? `, "${FLAG}"` : ` ${FLAG}`,
            },
          ],
          assumes: ["The program needs none of the packages that are merely recommended; name those that it needs."],
        },
      ],
    };
  }
}
