import { findImage } from "../../catalog/catalog";
import { contentsOf, contentsOfName, type Held } from "../../catalog/contents";
import { parseReference } from "../../catalog/reference";
import { lineage } from "../../model/image-config";
import type { StageView } from "../toolchain";

/** An image of Node that a program can move to. */
export interface NodeImage {
  readonly name: string;
  readonly reference: string;
  /** The major version, where it is not that of the build stage. */
  readonly upgrade?: string;
}

/** Distroless images of Node by the version: only those of even ones are built (catalog/distroless). */
const DISTROLESS = ["22", "24", "26"];
/** What an older program is offered: the version that is supported longest. */
const RECOMMENDED = "24";

/** The major version of Node in a stage; undefined where it is not known. */
export function majorOf({ baseVersion }: StageView): string | undefined {
  return baseVersion === undefined ? undefined : baseVersion.split(".")[0];
}

/** Google's image of the same major version, or of a newer one as an upgrade; undefined where the version is not known. */
export function distrolessOf(view: StageView): NodeImage | undefined {
  const major = majorOf(view);
  if (major === undefined) return undefined;
  const version = DISTROLESS.includes(major) ? major : Number(major) < Number(RECOMMENDED) ? RECOMMENDED : undefined;
  if (version === undefined) return undefined;
  return {
    name: `distroless nodejs${version}`,
    reference: `gcr.io/distroless/nodejs${version}-debian13`,
    ...(version === major ? {} : { upgrade: `an upgrade of Node ${major}` }),
  };
}

/** The major version that Chainguard's free image has: it has no tags of versions. */
export const CHAINGUARD = "cgr.dev/chainguard/node:latest";
export function chainguardMajor(): string | undefined {
  const reference = parseReference(CHAINGUARD);
  return reference && findImage(reference)?.languageVersion?.split(".")[0];
}

/** The slim image of the same version, as the author writes it; the image itself where it is a small one. */
export function slimOf(view: StageView): NodeImage | undefined {
  const base = lineage(view.stage)[0]?.base;
  if (base?.kind !== "image") return undefined;
  const written = base.token.text;
  const { tag, digest } = parseReference(base.reference) ?? {};
  const isSmall = /(?:^|-)(?:slim|alpine[\d.]*)(?:-|$)/.test(tag ?? "");
  if (isSmall) return { name: shortName(written), reference: written };
  if (tag !== undefined && !LARGE.test(tag)) return undefined;
  // A digest is of the large image alone.
  const named = digest === undefined ? written : (written.split("@", 1)[0] ?? written);
  if (digest !== undefined && tag === undefined) return undefined;
  const reference = tag === undefined || tag === "latest" ? `${named.replace(/:latest$/, "")}:slim` : `${named}-slim`;
  return { name: shortName(reference), reference };
}

/** Tags of large images that have a slim one beside them (docker-library/official-images, node). */
const LARGE = /^(?:\d+(?:\.\d+)*|lts|latest|current|[a-z]+)(?:-(?:stretch|buster|bullseye|bookworm|trixie))?$/;

function shortName(reference: string): string {
  return reference.slice(reference.lastIndexOf("/") + 1);
}

/** The build stage's image is one of the small ones: what the program finds there, it finds in the final image. */
export function standsOnSlim(view: StageView): boolean {
  const base = lineage(view.stage)[0]?.base;
  return base?.kind === "image" && slimOf(view)?.reference === base.token.text;
}

/** The slim image surely has not a program that the image of the build stage has. */
export function slimLacks(view: StageView, program: string): boolean {
  const reference = referenceOf(view);
  if (reference === undefined || standsOnSlim(view)) return false;
  const slim = placesOf(slimReference(reference), program);
  return placesOf(reference, program).includes("there") && slim.every((each) => each === "absent");
}

/** The slim image surely has a program. */
export function slimHolds(view: StageView, program: string): boolean {
  const reference = referenceOf(view);
  return reference !== undefined && placesOf(slimReference(reference), program).includes("there");
}

function referenceOf({ stage }: StageView): string | undefined {
  const base = lineage(stage)[0]?.base;
  return base?.kind === "image" ? base.reference : undefined;
}

const PLACES = ["/usr/local/bin", "/usr/bin", "/bin", "/usr/sbin", "/sbin"];

/** What the folders of programs of an image say of a name; nothing where its content is not written down. */
function placesOf(reference: string, program: string): readonly Held[] {
  const parsed = parseReference(reference);
  const image = parsed && findImage(parsed);
  const contents = (image && contentsOf(image)) ?? (parsed && contentsOfName(parsed));
  return contents ? PLACES.map((folder) => contents.path(`${folder}/${program}`)) : [];
}

function slimReference(reference: string): string {
  const [named = reference] = reference.split("@", 1);
  const { tag } = parseReference(named) ?? {};
  return tag === undefined || tag === "latest" ? `${named.replace(/:latest$/, "")}:slim` : `${named}-slim`;
}
