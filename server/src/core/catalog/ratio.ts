import type { BaseImage } from "./image";

type Rated = Pick<BaseImage, "name" | "tag" | "role" | "ecosystem">;

/**
 * Under what the ratio of unpacked to compressed bytes of an image is looked up, the narrowest first: the variants of
 * one name compress alike, then those of one ecosystem, then all of one variant. Of a runtime it is the runtime that
 * counts and not the system below it: a JRE lacks the archives of a JDK, which are compressed already.
 */
export function ratioKeys(image: Rated): readonly string[] {
  const variant = variantOf(image);
  const group = image.ecosystem ?? image.role;
  return image.role === "runtime"
    ? [`${image.name}|${variant}-runtime`, `${group}|${variant}-runtime`, `${group}|runtime`]
    : [`${image.name}|${variant}`, `${group}|${variant}`, `|${variant}`];
}

/** Alpine and slim are other trees of files than the full image. */
function variantOf({ tag, role, name }: Rated): string {
  const named = /alpine|slim|chiseled|distroless/.exec(tag)?.[0] ?? (role === "distroless" ? "distroless" : "full");
  return name === "alpine" ? "alpine" : named;
}
