import type { BaseImage } from "./image";

type Rated = Pick<BaseImage, "name" | "tag" | "role" | "ecosystem">;

/**
 * Under what the ratio of unpacked to compressed bytes of an image is looked up, the narrowest first: the variants of
 * one name compress alike, then those of one ecosystem, then all of one variant.
 */
export function ratioKeys(image: Rated): readonly string[] {
  const variant = variantOf(image);
  const group = image.ecosystem ?? image.role;
  return [`${image.name}|${variant}`, `${group}|${variant}`, `|${variant}`];
}

/** Alpine and slim are other trees of files; a JRE lacks the archives of a JDK, which are compressed already. */
function variantOf({ tag, role, name }: Rated): string {
  const system = /alpine|slim|chiseled|distroless/.exec(tag)?.[0] ?? (role === "distroless" ? "distroless" : "full");
  const plain = name === "alpine" ? "alpine" : system;
  return role === "runtime" ? `${plain}-runtime` : plain;
}
