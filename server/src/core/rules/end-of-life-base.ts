import type { BaseImage } from "../catalog/catalog";
import { findGone } from "../catalog/gone";
import { currentTag, endOfLife } from "../catalog/lifetime";
import type { FileContext } from "../flow/context";
import { lineage } from "../model/image-config";
import type { Stage } from "../model/model";
import type { Token } from "../syntax/instruction";
import type { Finding, Fix, Rule } from "./rule";

export const endOfLifeBase: Rule = {
  id: "end-of-life-base",
  title: "The base image gets no fixes any more",
  group: "surface",
  severity: "warning",
  sameAs: ["tally/ruby/eol-ruby-version"],
  recipes: ["slim-final-stage"],
  mayGrow: "with-bases",
  docs: {
    what: "The image that ships stands on a release of a language or of a distribution whose support has ended.",
    why: "Its holes are known, published and stay open; scanners will list them for every version of the program.",
    limits:
      "The dates are the catalog's, each with its source; Debian counts until the end of its LTS. What the catalog does not know is not judged, and neither are build stages. The newer tag that it names is an upgrade: build and test with it.",
    examples: [
      {
        before: `FROM node:18-slim
COPY server.js /server.js
CMD ["node", "/server.js"]
`,
        after: `FROM node:24-slim
COPY server.js /server.js
CMD ["node", "/server.js"]
`,
      },
    ],
  },
  *check(context) {
    const told = new Set<Stage>();
    for (const stage of context.shipped) {
      const [bottom = stage] = lineage(stage);
      const finding = told.has(bottom) ? undefined : ended(context, bottom);
      told.add(bottom);
      if (finding) yield finding;
    }
  },
};

/** What there is to say about the image at the bottom of a stage that ships. */
function ended(context: FileContext, stage: Stage): Finding | undefined {
  const { today } = context.project;
  const { base } = stage;
  const reference = context.reference(stage);
  if (!today || !base.token || !reference) return undefined;
  const { token } = base;
  const gone = findGone(reference);
  if (gone && !gone.hasRelease) return undefined;
  const image = context.image(stage);
  const end = image && endOfLife(image, today);
  const since = end?.since ?? gone?.since;
  if (since === undefined) return undefined;
  const current = image && currentTag(image, today);
  const newer = current ? `${reference.familiar}:${current}` : gone?.replacement;
  const what =
    end?.of === "release" ? `stands on ${systemOf(image)}, which has had no fixes since` : "has had no fixes since";
  // A variable is shown with what it stands for.
  const shown = base.kind === "image" && token.text.includes("$") ? `${token.text} (${base.reference})` : token.text;
  return {
    span: token.span,
    message: `${shown} ${what} ${since}${newer ? `; ${newer} is current` : ""}.`,
    confidence: "certain",
    fixes: [
      current ? newerTag(token, reference.tag, current) : newerName(token, reference.familiar, gone?.replacement),
    ].filter((fix) => fix !== undefined),
  };
}

/** `debian buster`, `alpine 3.17`. */
function systemOf(image: BaseImage | undefined): string {
  const { distro = "a release", distroRelease = "" } = image ?? {};
  return `${distro} ${distroRelease.replace(distro, "")}`;
}

/** The tag alone is replaced; a digest beside it would contradict it. */
function newerTag({ text, span }: Token, tag: string | undefined, current: string): Fix | undefined {
  if (tag === undefined || !text.endsWith(`:${tag}`)) return undefined;
  return {
    title: `Use the tag ${current}`,
    safety: "review",
    edits: [{ span: { start: span.end - tag.length, end: span.end }, text: current }],
    assumes: [`${current} is an upgrade: build and test the program with it before you ship it.`],
  };
}

/** The same distroless image on the Debian release that is built now; another version of a language is no fix of a name. */
function newerName({ text, span }: Token, name: string, replacement: string | undefined): Fix | undefined {
  const stem = (each: string) => each.replace(/-debian\d+$/, "");
  if (replacement === undefined || !text.startsWith(name) || stem(name) !== stem(replacement)) return undefined;
  return {
    title: `Use ${replacement}`,
    safety: "review",
    edits: [{ span: { start: span.start, end: span.start + name.length }, text: replacement }],
    assumes: ["Libraries that the program was linked with are newer there: build and test it before you ship it."],
  };
}
