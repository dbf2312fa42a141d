import { formatBytes } from "../catalog/size";
import type { FileContext } from "../flow/context";
import type { Content } from "../flow/files/content";
import { certainlyChanges } from "../flow/files/owners";
import { layerEvents, type Rewritten } from "../flow/layers/layers";
import { ownedByCopy } from "../rewrite/owned-by-copy";
import { contentBytes, sumOf } from "../size/content";
import type { Instruction } from "../syntax/instruction";
import { listed } from "../text/listed";
import type { Finding, Fix, Rule } from "./rule";

export const recursiveChownLayer: Rule = {
  id: "recursive-chown-layer",
  title: "A recursive chown or chmod ships every file once more",
  group: "size",
  severity: "warning",
  sameAs: [],
  recipes: [],
  docs: {
    what: "`RUN chown -R` (or chgrp, chmod, or either through find) goes over files that an earlier instruction brought.",
    why: "A layer holds whole files. One whose owner or mode changes is written into the new layer with all its bytes, so the image ships it twice: `docker history` shows the RUN as large as the COPY. `COPY --chown=app` writes the files once, with the right owner.",
    limits:
      "Only the layers of images that ship are judged, and only files that are known to come from an earlier instruction of the file: COPY, ADD, a download, a clone, an unpacked archive, packages of npm. In the RUN that makes the files chown costs nothing, and an empty folder costs nothing either. Where owner and mode may be the same already it is said to be likely: engines before 29 write the files again all the same. Known bytes below 10 kB are let go.",
    examples: [
      {
        before: `FROM debian:trixie-slim
RUN useradd app
COPY . /app
RUN chown -R app /app
USER app
CMD ["/app/run"]
`,
        after: `FROM debian:trixie-slim
RUN useradd app
COPY --chown=app:0 . /app
RUN chown app /app
USER app
CMD ["/app/run"]
`,
      },
    ],
  },
  *check(context) {
    const byRun = new Map<Instruction, Rewritten[]>();
    for (const event of layerEvents(context)) {
      if (event.kind !== "rewritten") continue;
      const others = byRun.get(event.by.instruction);
      if (others) others.push(event);
      else byRun.set(event.by.instruction, [event]);
    }
    // A RUN writes a file once, however often it changes it.
    for (const events of byRun.values()) yield* findingOf(context, events);
  },
};

/** Files of so few bytes are not worth a word. */
const NOTHING = 10_000;

function* findingOf(context: FileContext, events: readonly Rewritten[]): Generator<Finding> {
  const contents = [...new Set(events.flatMap((event) => event.contents))];
  const bytes = sumOf(
    events.length === 1 ? contents.map((content) => bytesIn(context, events[0], content)) : [undefined],
  );
  const [first] = events;
  if (!first || (bytes !== undefined && bytes < NOTHING) || (bytes === undefined && contents.every(isSmall))) return;
  const { by } = first;
  const paths = listed([...new Set(events.filter((event) => event.by === by).map(({ path }) => path))]);
  const certain = events.some(
    ({ sure, change, contents }) => sure && contents.some((content) => certainlyChanges(content, change)),
  );
  yield {
    span: { start: by.programWord.span.start, end: by.command.span.end },
    message: `${by.program === "find" ? "find" : `${by.program} -R`} writes every file below ${paths} once more: the image ships ${whatOf(contents)} twice${bytes === undefined ? "" : ` (${first.exact ? "" : "≈ "}${formatBytes(bytes)})`}.`,
    confidence: certain ? "certain" : "likely",
    related: contents.slice(0, MOST_RELATED).map((content) => ({
      span: "command" in content.by ? content.by.command.span : content.instruction.span,
      message: "This brings it into the image.",
    })),
    fixes: fixes(context, events),
  };
}

const MOST_RELATED = 5;

/** Of a folder that holds more than the path the bytes at the path alone. */
function bytesIn(context: FileContext, event: Rewritten | undefined, content: Content): number | undefined {
  const below = event?.path.startsWith(`${content.path}/`);
  return contentBytes(context, content, below ? event?.path : content.path);
}

/** A single script or setting, by its name. */
function isSmall({ shape, path }: Content): boolean {
  return shape === "file" && /\.(?:sh|conf|cfg|ini|txt|ya?ml|json|toml|py|js|php|xml|pem|crt|env|md|html)$/.test(path);
}

/** Who brought it: "what COPY and curl brought". */
function whatOf(contents: readonly Content[]): string {
  const names = [
    ...new Set(
      contents.map(({ by, instruction }) =>
        "command" in by ? (by.program ?? by.programWord.text) : instruction.keyword,
      ),
    ),
  ];
  return `what ${listed(names)} brought`;
}

function fixes(context: FileContext, events: readonly Rewritten[]): readonly Fix[] {
  const fix = ownedByCopy(context, events);
  if (!fix) return [];
  const flags = [...new Set(events.map(({ change }) => (change.sets === "mode" ? "--chmod" : "--chown")))].join(
    " and ",
  );
  return [{ title: `Set it in the COPY with ${flags}`, safety: "review", ...fix }];
}
