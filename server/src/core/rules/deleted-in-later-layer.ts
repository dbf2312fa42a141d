import { formatBytes } from "../catalog/size";
import type { FileContext } from "../flow/context";
import type { Content } from "../flow/files/content";
import { type Hidden, layerEvents } from "../flow/layers/layers";
import { type PackagesHidden, packagesHidden } from "../flow/layers/package-layers";
import { inOneRun, neverBring, type Way } from "../rewrite/never-bring";
import { contentBytes, sumOf } from "../size/content";
import { groupBy } from "../text/group";
import { listed } from "../text/listed";
import type { Finding, Fix, Rule } from "./rule";

export const deletedInLaterLayer: Rule = {
  id: "deleted-in-later-layer",
  title: "What an earlier layer holds is removed too late",
  group: "size",
  severity: "warning",
  sameAs: ["ID.20021"],
  recipes: [],
  docs: {
    what: "A RUN removes files or packages that an earlier instruction brought into the image: a copied archive, a download, sources, build packages.",
    why: "Each instruction is a layer of its own, and the image ships all of them. Removing a file in a later layer adds a mark that hides it; `docker history` shows the earlier layer as large as before, and whoever pulls the image gets the file. Nothing is saved unless the file goes in the RUN that made it, or never comes in: `RUN --mount=type=bind` lends a file to one RUN.",
    limits:
      "Only the layers of images that ship are judged. It follows COPY, ADD, downloads with curl and wget, git clone, archives, packages of npm and of the system, and what `rm`, `find -delete` and removals of packages say in words that are known. Package lists of apt belong to apt-lists-kept, files that are moved to duplicate-content; build tools that are removed too late are said here and not by build-tools-shipped. Files of the base image are left alone. Known bytes below 10 kB are let go.",
    examples: [
      {
        before: `FROM debian:trixie-slim
COPY app.tar.gz /tmp/
RUN tar -xzf /tmp/app.tar.gz -C /opt && rm /tmp/app.tar.gz
CMD ["/opt/app/run"]
`,
        after: `FROM debian:trixie-slim
RUN --mount=type=bind,source=app.tar.gz,target=/tmp/app.tar.gz tar -xzf /tmp/app.tar.gz -C /opt
CMD ["/opt/app/run"]
`,
      },
      {
        before: `FROM debian:trixie-slim
RUN curl -fsSLO https://example.com/app.tar.gz
RUN tar -xzf app.tar.gz -C /opt
RUN rm app.tar.gz
CMD ["/opt/app/run"]
`,
        after: `FROM debian:trixie-slim
RUN curl -fsSLO https://example.com/app.tar.gz \\
    && tar -xzf app.tar.gz -C /opt \\
    && rm app.tar.gz
CMD ["/opt/app/run"]
`,
      },
    ],
  },
  *check(context) {
    const hidden = layerEvents(context).filter((event) => event.kind === "hidden");
    for (const events of groupBy(hidden, ({ by }) => by).values()) yield* filesFinding(context, events);
    for (const removed of packagesHidden(context)) yield packagesFinding(context, removed);
  },
};

/** Files of so few bytes are not worth a word. */
const NOTHING = 10_000;
/** They weigh little, where nobody has counted. */
const LIGHT =
  /\.(?:sh|conf|cfg|ini|txt|ya?ml|json|toml|py|xml|pem|crt|key|asc|sig|list|gpg|sql|md|env|h|hpp|c|cc|cpp|go|js|ts|rs|java)$|\/\.\w+$/;

function* filesFinding(context: FileContext, all: readonly Hidden[]): Generator<Finding> {
  const certain = all.filter(({ sure }) => sure);
  const events = certain.length > 0 ? certain : all;
  const [first] = events;
  const bytes = sumOf(events.map(({ content, path }) => contentBytes(context, content, path)));
  if (!first || (bytes !== undefined && bytes < NOTHING)) return;
  const { by } = first;
  const paths = [...new Set(events.map(({ path }) => path))];
  const contents = [...new Map(events.map(({ content }) => [content.instruction, content])).values()];
  yield {
    span: by.command.span,
    message: `${listed(paths, NAMED)} ${paths.length === 1 ? "stays" : "stay"} in the image${bytes === undefined ? "" : ` (${formatBytes(bytes)})`}: removing here hides what an earlier layer holds.`,
    confidence: certain.length > 0 ? "certain" : "likely",
    ...(bytes === undefined && paths.every((path) => LIGHT.test(path)) && { severity: "info" as const }),
    related: contents.map((content) => ({ span: spanOf(content), message: "This brings it into the image." })),
    fixes: reviewed(neverBring(context.syntax, first, contents)),
  };
}

function packagesFinding(context: FileContext, { by, installs, packages, sure }: PackagesHidden): Finding {
  const [first] = installs;
  return {
    span: by.command.span,
    message: `${listed(packages, NAMED)} ${packages.length === 1 ? "stays" : "stay"} in the image: removing here hides what an earlier layer has installed.`,
    confidence: sure ? "certain" : "likely",
    related: installs.map(({ command }) => ({ span: command.span, message: "This installs it." })),
    fixes: reviewed(first && inOneRun(context.syntax, first, by)),
  };
}

function reviewed(way: Way | undefined): readonly Fix[] {
  return way ? [{ ...way, safety: "review" }] : [];
}

function spanOf({ instruction, by }: Content) {
  return "command" in by ? by.command.span : instruction.span;
}

/** So many are named; the rest is counted. */
const NAMED = 3;
