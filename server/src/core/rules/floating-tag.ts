import type { BaseImage } from "../catalog/catalog";
import { currentTag, nameWithRelease } from "../catalog/lifetime";
import type { ImageReference } from "../catalog/reference";
import type { FileContext } from "../flow/context";
import { lineage } from "../model/image-config";
import type { Stage } from "../model/model";
import type { Token } from "../syntax/instruction";
import { type Finding, type Fix, inShipped, type Rule } from "./rule";

export const floatingTag: Rule = {
  id: "floating-tag",
  title: "The base image's name does not say which release it is",
  group: "surface",
  severity: "warning",
  sameAs: ["DL3006", "DL3007", "DF001", "DF024", "DS-0001", "CKV_DOCKER_7", "DKL-DI-0006", "ID.20006"],
  recipes: [],
  mayGrow: "with-bases",
  docs: {
    what: "The image that ships stands on a tag that moves from one release to the next: none at all, `latest`, or one that names no version.",
    why: "The same Dockerfile builds another image next month: another compiler, another libc, packages that are gone. With the release in the name that step is taken when you take it.",
    limits:
      "Only the base of what ships is judged. A digest beside the tag fixes the image and ends the matter. A distroless name without its Debian release moves about every two years, and Chainguard's free images have no other tag than `latest`: for both it is an info.",
    examples: [
      {
        before: `FROM ubuntu
CMD ["bash"]
`,
        after: `FROM ubuntu:26.04
CMD ["bash"]
`,
      },
    ],
  },
  check: (context) => inShipped(context, (stage) => floatingIn(context, stage)),
};

function* floatingIn(context: FileContext, stage: Stage): Iterable<Finding> {
  const token = lineage(stage)[0]?.base.token;
  const reference = context.reference(stage);
  if (!token || !reference || reference.digest !== undefined) return;
  const image = context.image(stage);
  const finding = distroless(token, reference) ?? floating(token, reference, image, context.project.today);
  if (finding) yield { ...finding, confidence: token.text.includes("$") ? "likely" : "certain" };
}

/** Google's distroless has its release in its name. */
function distroless(token: Token, { familiar }: ImageReference): Omit<Finding, "confidence"> | undefined {
  const released = familiar.startsWith("gcr.io/distroless/") ? nameWithRelease(familiar) : undefined;
  if (released === undefined || released === familiar) return undefined;
  return {
    span: token.span,
    severity: "info",
    message: `${token.text} moves to the next Debian release by itself; ${released} names the one it stands for now.`,
    fixes: renamed(token, familiar, released, `Name the release: ${released}`),
  };
}

function floating(
  token: Token,
  reference: ImageReference,
  image: BaseImage | undefined,
  today: string | undefined,
): Omit<Finding, "confidence"> | undefined {
  const { familiar, tag } = reference;
  const what = familiar.startsWith("gcr.io/distroless/") ? undefined : whatFloats(tag, image);
  if (what === undefined) return undefined;
  const current = image && today ? currentTag(image, today) : undefined;
  const named = current && `${familiar}:${current}`;
  return {
    span: token.span,
    ...(familiar.startsWith("cgr.dev/") && { severity: "info" as const }),
    message: `${token.text} ${what}${named ? `. Name one, such as ${named}` : ""}.`,
    fixes: named
      ? renamed(token, tag === undefined ? familiar : `${familiar}:${tag}`, named, `Name the release: ${named}`)
      : [],
  };
}

/** A tag of an image that the catalog knows and that has no number names no release, unless by its codename. */
function whatFloats(tag: string | undefined, image: BaseImage | undefined): string | undefined {
  if (tag === undefined) return "has no tag, which means latest: the next build may get another release";
  if (tag === "latest") return "is whatever was released last: the next build may get another release";
  // Each minor version of Python is a language of its own, with packages of its own.
  if (image?.ecosystem === "python" && image.languageVersion === undefined && /^\d+(?=-|$)/.test(tag))
    return "names no minor version: the next build may get another Python";
  const versionless = image !== undefined && image.tag !== "*" && !/\d/.test(tag);
  const codename = image?.ecosystem === undefined && image?.distroRelease && tag.startsWith(image.distroRelease);
  return versionless && !codename && !image.nearest
    ? "names no version: the next build may get another release"
    : undefined;
}

/** The name is replaced where it is written as it is meant; what else is written around it stays. */
function renamed({ text, span }: Token, from: string, to: string, title: string): readonly Fix[] {
  const at = text.indexOf(from);
  if (at < 0 || (at > 0 && text[at - 1] !== "/")) return [];
  const edit = { span: { start: span.start + at, end: span.start + at + from.length }, text: to };
  return [{ title, safety: "review", edits: [edit] }];
}
