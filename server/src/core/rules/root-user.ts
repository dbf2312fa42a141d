import type { ImageReference } from "../catalog/reference";
import type { FileContext } from "../flow/context";
import { lineage } from "../model/image-config";
import type { Stage } from "../model/model";
import type { Instruction, Token } from "../syntax/instruction";
import { type Finding, type Fix, inShipped, type Rule } from "./rule";

export const rootUser: Rule = {
  id: "root-user",
  title: "The program runs as root",
  group: "surface",
  severity: "info",
  sameAs: ["DL3002", "DF002", "DF020", "DS-0002", "CKV_DOCKER_3", "CKV_DOCKER_8", "CIS-DI-0001", "ID.20017"],
  recipes: [],
  docs: {
    what: "The user of the image that ships is root, by its own USER or by its base's.",
    why: "Whoever takes the program over owns the container: its files, its ports, and a shorter way out of it. Few programs need root once they have started.",
    limits:
      "Where the user of the base is not known, it is silent. It does not see what an entrypoint script does to drop root, nor a user given at `docker run`.",
    examples: [
      {
        before: `FROM gcr.io/distroless/static-debian13
COPY app /app
CMD ["/app"]
`,
        after: `FROM gcr.io/distroless/static-debian13:nonroot
COPY app /app
CMD ["/app"]
`,
      },
    ],
  },
  check: (context) => inShipped(context, (stage) => rootIn(context, stage)),
};

function* rootIn(context: FileContext, stage: Stage): Iterable<Finding> {
  const user = stage.scope.user(stage.instructions.length);
  if (user === undefined || !isRoot(user)) return;
  const stages = lineage(stage);
  const last = stages.findLast(({ instructions }) => instructions.some(setsUser));
  const own = last?.instructions.findLast(setsUser);
  const bottom = stages[0]?.base.token;
  const span = own ? own.line.sourceSpan(own.bodyAt, own.bodyAt + own.body.length) : bottom?.span;
  if (!span) return;
  const base = bottom?.text === "scratch" ? "scratch has none" : `that of ${bottom?.text} is root`;
  const why = own ? "its last USER is root" : `no USER is set, and ${base}`;
  yield {
    span,
    message: `The image runs as root: ${why}.`,
    confidence: "certain",
    fixes: own || !bottom ? [] : nonrootTag(bottom, context.reference(stage)),
  };
}

function setsUser({ keyword }: Instruction): boolean {
  return keyword === "USER";
}

/** Google's distroless images have each of their two tags for another user too. */
function nonrootTag({ text, span }: Token, reference: ImageReference | undefined): readonly Fix[] {
  const { familiar = "", tag, digest } = reference ?? {};
  const named = text.endsWith(tag === undefined ? familiar : `${familiar}:${tag}`);
  const other = { latest: "nonroot", debug: "debug-nonroot" }[tag ?? "latest"];
  if (!familiar.startsWith("gcr.io/distroless/") || !named || digest !== undefined || other === undefined) return [];
  const start = tag === undefined ? span.end : span.end - tag.length - 1;
  return [
    {
      title: `Run as a user without rights: the tag ${other}`,
      safety: "review",
      edits: [{ span: { start, end: span.end }, text: `:${other}` }],
      assumes: [
        "The program needs no right of root: it writes only where all may, and reads nothing that is root's alone.",
      ],
    },
  ];
}

/** Root by name or number, in whatever group; no user at all is root too. */
function isRoot(user: string): boolean {
  return /^(?:root|0+)?(?::|$)/.test(user.trim());
}
