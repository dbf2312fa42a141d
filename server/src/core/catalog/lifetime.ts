import type { BaseImage } from "./image";
import { familyOf, readRow } from "./table";

/** Why an image gets no fixes any more, and since when (YYYY-MM-DD, or begin of one). */
export interface EndOfLife {
  readonly since: string;
  /** What ended: the tag's own line, or the release of the system that it stands on. */
  readonly of: "image" | "release";
}

/** Whether the life of an image, or of the release that it stands on, is over on a day. */
export function endOfLife(image: BaseImage, today: string): EndOfLife | undefined {
  if (image.eol && isPast(image.eol, today)) return { since: image.eol, of: "image" };
  if (image.distroEol && isPast(image.distroEol, today)) return { since: image.distroEol, of: "release" };
  return undefined;
}

/** A date that is known to the month or year alone is past when all of it is. */
function isPast(date: string, today: string): boolean {
  return date < today.slice(0, date.length);
}

/** Parts of a tag that name a release of the system or a channel, and not what the image holds. */
const RELEASE =
  /^(?:latest|stable|lts|current|rolling|edge|stretch|buster|bullseye|bookworm|trixie|xenial|bionic|focal|jammy|noble|resolute|alpine\d[\d.]*)$/;
const VERSION = /^\d+(?:\.\d+)*(?=-|$)/;

/**
 * The newest tag of the same name and variant that is alive on a day, with its version: `1.27-alpine` for
 * `golang:1.17-alpine`, `13-slim` for `debian:buster-slim`. Undefined where the catalog knows none.
 */
export function currentTag({ name, tag }: Pick<BaseImage, "name" | "tag">, today: string): string | undefined {
  const family = familyOf(name);
  const variant = variantOf(tag, true);
  let newest: { readonly tag: string; readonly version: readonly number[] } | undefined;
  for (const [each, row] of family?.rows ?? []) {
    const version = VERSION.exec(each)?.[0].split(".").map(Number);
    // A shorter version, such as 1, is a channel itself.
    if (
      !version ||
      version.length < (family?.line ?? 1) ||
      variantOf(each, false) !== variant ||
      (newest && compare(version, newest.version) <= 0)
    )
      continue;
    const image = readRow(name, each, row);
    if (image.updated !== false && !endOfLife(image, today)) newest = { tag: each, version };
  }
  return newest?.tag;
}

/** A tag without its version, and without the release that it names where that may differ: `slim` of `3.8-slim-buster`. */
function variantOf(tag: string, anyRelease: boolean): string {
  const parts = tag.replace(VERSION, "").split("-").filter(Boolean);
  return (
    anyRelease
      ? parts.flatMap((part) => (part.startsWith("alpine") ? "alpine" : RELEASE.test(part) ? [] : part))
      : parts
  ).join("-");
}

/** A longer version is newer than what it begins with: 3.24 than 3. */
function compare(a: readonly number[], b: readonly number[]): number {
  for (let at = 0; at < Math.max(a.length, b.length); at++) {
    const difference = (a[at] ?? -1) - (b[at] ?? -1);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** The name of the same images with the release in it: `gcr.io/distroless/base-debian13` of `gcr.io/distroless/base`. */
export function nameWithRelease(name: string): string | undefined {
  return familyOf(name)?.names.find((each) => /-debian\d+$/.test(each));
}
