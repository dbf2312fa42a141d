import { aptListsSize } from "../catalog/go-sizes";
import { formatSize } from "../catalog/size";
import type { FileContext } from "../flow/context";
import { type KeptLists, keptLists } from "../flow/layers/apt-lists";
import type { Stage } from "../model/model";
import { appendCommand } from "../rewrite/append-command";
import { type Finding, type Fix, inShipped, type Rule } from "./rule";

export const aptListsKept: Rule = {
  id: "apt-lists-kept",
  title: "apt's package lists stay in the image",
  group: "size",
  severity: "warning",
  sameAs: ["DL3009", "DF004", "DKL-DI-0005", "apt-get_missing_rm"],
  recipes: [],
  docs: {
    what: "A RUN calls `apt-get update`, and the lists that it fetches into /var/lib/apt/lists are still there when the RUN ends.",
    why: "The lists take 20 to 60 MB, are old after a day, and no program reads them. A layer keeps what its RUN leaves behind: removing them in a later RUN hides them and saves nothing.",
    limits:
      "Only the layers of the image that ships are judged. A cache mount on the lists is as good as removing them. Scripts, and what runs behind sudo, are not looked into; a script that is called clean-something is believed. No fix is offered where a later RUN installs from these lists.",
    examples: [
      {
        before: `FROM debian:trixie
RUN apt-get update && apt-get install -y --no-install-recommends nginx
CMD ["nginx"]
`,
        after: `FROM debian:trixie
RUN apt-get update && apt-get install -y --no-install-recommends nginx && rm -rf /var/lib/apt/lists/*
CMD ["nginx"]
`,
      },
    ],
  },
  check: (context) => inShipped(context, (stage) => listsIn(context, stage)),
};

function* listsIn(context: FileContext, stage: Stage): Iterable<Finding> {
  const image = context.image(stage);
  const size = image?.distro && image.distroRelease ? aptListsSize(image.distro, image.distroRelease) : undefined;
  const bytes = size ? ` (${formatSize(size)})` : "";
  for (const kept of keptLists(context, stage)) {
    const { update, removedLater } = kept;
    const later = removedLater ? "; removing them in a later RUN does not make it smaller" : "";
    yield {
      span: { start: update.programWord.span.start, end: update.command.span.end },
      message: `The package lists that apt fetches here stay in the layer${bytes}${later}.`,
      confidence: update.command.always ? "certain" : "likely",
      ...(removedLater && {
        related: [{ span: removedLater.command.span, message: "They are in a layer already when this removes them." }],
      }),
      fixes: fixes(context, kept),
    };
  }
}

function fixes({ syntax }: FileContext, { update, usedLater }: KeptLists): readonly Fix[] {
  const edit = appendCommand(syntax, update.instruction, "rm -rf /var/lib/apt/lists/*");
  if (!edit || usedLater === "yes") return [];
  const title = "Remove the package lists at the end of this RUN";
  return [
    usedLater === "no"
      ? { title, safety: "safe", edits: [edit] }
      : {
          title,
          safety: "review",
          edits: [edit],
          assumes: ["No script of a later RUN installs packages without an `apt-get update` of its own."],
        },
  ];
}
