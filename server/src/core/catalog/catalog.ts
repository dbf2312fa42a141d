import { Memo } from "../text/memo";
import { rememberedBeside } from "../text/remembered";
import { RATIOS } from "./data";
import type { BaseImage } from "./image";
import { javaSize, temurinOf } from "./java-runtime";
import { ratioKeys } from "./ratio";
import type { ImageReference } from "./reference";
import type { Size } from "./size";
import { endOfRelease, type Family, familyOf, glibcOfRelease, readDay, readRow } from "./table";

export type { BaseImage, ImageConfig } from "./image";

/** Registries that carry Docker's official images under their own names. */
const MIRRORS = ["public.ecr.aws/docker/library/", "mirror.gcr.io/library/"];

/**
 * What the catalog knows of an image (catalog/, linux/amd64). Without a tag it is `latest`; a tag beside a digest is
 * believed; a digest alone says nothing. A patch release is answered with the row of its release line and marked
 * `nearest`, in the same variant only: `golang:1.22.3-alpine` never gets the row of `golang:1.22`.
 */
export function findImage(reference: ImageReference): BaseImage | undefined {
  if (reference.tag === undefined && reference.digest !== undefined) return undefined;
  return images.of(`${nameOf(reference)} ${reference.tag ?? "latest"}`).image;
}

/** A file of thousands of stages names few images. */
const images = new Memo((nameAndTag) => {
  const [name = "", tag = ""] = nameAndTag.split(" ");
  return { image: imageOf(name, tag) };
});

function imageOf(name: string, written: string): BaseImage | undefined {
  const family = familyOf(name);
  if (!family) return undefined;
  // Tags that end in the platform of the rows are those without it.
  const tag = family.name === "scratch" ? "" : written.replace(/-amd64$/, "");
  // The row `*` holds for every tag of its name.
  const [known = "*"] = [tag, byNumber(family.name, tag) ?? "*"].filter((each) => family.rows.has(each));
  const row = family.rows.get(known);
  return row === undefined ? nearest(family, tag) : readRow(family.name, known === "*" ? tag : known, row);
}

function nameOf({ familiar }: ImageReference): string {
  const mirror = MIRRORS.find((prefix) => familiar.startsWith(prefix));
  return mirror === undefined ? familiar : familiar.slice(mirror.length);
}

/** No registry takes a longer tag. */
const LONGEST_TAG = 128;

function nearest(family: Family, tag: string): BaseImage | undefined {
  if (tag.length > LONGEST_TAG) return undefined;
  const lines = [tag, ...releaseLines(tag, family.line)];
  const tags = [...lines, ...lines.flatMap((each) => byNumber(family.name, each) ?? [])];
  for (const each of tags) {
    const row = family.rows.get(each);
    if (row !== undefined) return { ...readRow(family.name, each, row), nearest: true };
  }
  for (const each of tags) {
    const image = unpinned(family, each);
    if (image) return image;
  }
  return undefined;
}

/** Releases of systems that have a tag by their name too; rows have the number (distro-info-data 0.58: series, version). */
const SERIES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  debian: {
    wheezy: "7",
    jessie: "8",
    stretch: "9",
    buster: "10",
    bullseye: "11",
    bookworm: "12",
    trixie: "13",
  },
  ubuntu: {
    precise: "12.04",
    trusty: "14.04",
    xenial: "16.04",
    bionic: "18.04",
    focal: "20.04",
    jammy: "22.04",
    noble: "24.04",
    resolute: "26.04",
  },
};

/** The same tag as rows have it: `9-slim` for `stretch-slim`. */
function byNumber(family: string, tag: string): string | undefined {
  const [release = "", ...rest] = tag.split("-");
  const other = Object.hasOwn(SERIES, family) ? SERIES[family]?.[release] : undefined;
  return other === undefined ? undefined : [other, ...rest].join("-");
}

/** The tags of the release lines that a tag is of, the narrowest first: 1.22 of 1.22.3, bookworm-slim of bookworm-20240612-slim. */
function releaseLines(tag: string, line: number): readonly string[] {
  const undated = tag.replace(/-20\d{6}(?:\.\d+)?(?=-|$)/, "");
  // 8u392-b08 is how Java 8 counts, 17.0.9_9 how later ones do.
  const [, version = "", suffix = ""] = /^(\d+(?:[._]\d+)*)(?:u\d+(?:-b\d+)?)?(.*)$/s.exec(undated) ?? [];
  const numbers = version.split(/[._]/);
  const lines = numbers
    .map((_, dropped) => numbers.slice(0, numbers.length - dropped))
    .filter((kept) => kept.length >= line);
  const shorter = version === "" ? [] : lines.map((kept) => kept.join(".") + suffix);
  return [undated, ...shorter].filter((each) => each !== tag);
}

/** The names of releases in tags, as rows have them. */
const PINNED = /-(alpine\d+\.\d+|stretch|buster|bullseye|bookworm|trixie|focal|jammy|noble|resolute|debian\d+)(?=-|$)/;
const DEBIAN: Readonly<Record<string, string>> = { debian12: "bookworm", debian13: "trixie" };

/**
 * The row of a tag without the release of the system that it names, if that release is the row's. For another one all holds
 * but the sizes, and the version of the C library is that of the release.
 */
function unpinned(family: Family, tag: string): BaseImage | undefined {
  const [pin = "", name = ""] = PINNED.exec(tag) ?? [];
  const release = DEBIAN[name] ?? name;
  const plain = tag.replace(pin, release.startsWith("alpine") ? "-alpine" : "");
  const row = plain === tag ? undefined : family.rows.get(plain);
  if (row === undefined) return undefined;
  const {
    compressed: _,
    unpacked: __,
    unpackedAsOf: ___,
    distroEol: ____,
    ...image
  } = readRow(family.name, plain, row);
  if (image.distroRelease === release) return { ...readRow(family.name, plain, row), nearest: true };
  const distroEol = endOfRelease(release);
  const other: BaseImage = { ...image, distroRelease: release, ...(distroEol ? { distroEol } : {}), nearest: true };
  if (image.distro === "alpine") return other;
  const glibc = image.libc === "glibc" ? glibcOfRelease(release) : undefined;
  return glibc === undefined ? undefined : { ...other, glibc };
}

/** A patch release may be so much smaller or larger than the row of its line. */
const PATCH_SLACK = 0.05;
/** And an image so much beyond the ratios that were seen: with it nine of ten rows are within the bounds that the others give. */
const RATIO_SLACK = 0.08;
/** Three years: what compilers and distributions ship changes slower than that. */
const ITS_TIME = 3 * 365 * 86_400_000;

/**
 * The bytes of an image's files: the catalog's figure where it has one, else an estimate from its compressed bytes and
 * the ratios of images like it (scripts/catalog.mts has them from the rows that know both). The ratio that is nearest
 * in time gives the figure, those of its time the bounds: Go 1.20 left out the precompiled library, and compresses
 * better since.
 */
export const unpackedSize = rememberedBeside(sizeOf);

function sizeOf(image: BaseImage): Size | undefined {
  const asOf = image.unpackedAsOf ?? image.asOf;
  const common = { kind: "unpacked", platform: image.platform } as const;
  if (image.unpacked !== undefined) {
    return image.nearest
      ? { ...common, ...bounds(image.unpacked, 1 - PATCH_SLACK, 1 + PATCH_SLACK), source: "estimate", asOf }
      : { ...common, bytes: image.unpacked, source: "catalog", asOf };
  }
  const temurin = temurinOf(image);
  if (temurin !== undefined) return javaOn(temurin);
  const { compressed } = image;
  const ratios = compressed === undefined ? [] : ratiosOf(image);
  if (compressed === undefined || ratios.length === 0) return undefined;
  const ratio = ratioNear(ratios, image.asOf);
  const ofItsTime = ratios.filter((each) => distance(each, image.asOf) <= ITS_TIME);
  const values = (ofItsTime.length > 0 ? ofItsTime : ratios).map((each) => each.ratio);
  const low = (Math.min(...values) * (1 - RATIO_SLACK)) / ratio;
  const high = (Math.max(...values) * (1 + RATIO_SLACK)) / ratio;
  return { ...common, ...bounds(compressed * ratio, low, high), source: "estimate", asOf: image.asOf };
}

function javaOn(temurin: string): Size | undefined {
  const [jre, base] = [imageNamed(temurin), imageNamed("gcr.io/distroless/java-base-debian13")];
  const system = jre?.distroRelease === undefined ? undefined : imageNamed(`ubuntu:${jre.distroRelease}`);
  const sizes = [base, jre, system].map((each) => each && unpackedSize(each));
  const [first, second, third] = sizes;
  return first && second && third && javaSize(first, second, third);
}

function imageNamed(reference: string): BaseImage | undefined {
  const [name = "", tag = "latest"] = reference.split(":");
  return images.of(`${name} ${tag}`).image;
}

function bounds(
  bytes: number,
  low: number,
  high: number,
): { readonly bytes: number; readonly low: number; readonly high: number } {
  return { bytes: Math.round(bytes), low: Math.floor(bytes * low), high: Math.ceil(bytes * high) };
}

interface Ratio {
  readonly asOf: string;
  readonly ratio: number;
}

/** The ratios of the narrowest group that has any. */
function ratiosOf(image: BaseImage): readonly Ratio[] {
  const key = ratioKeys(image).find((each) => RATIOS[each] !== undefined);
  return (key === undefined ? "" : (RATIOS[key] ?? "")).split(",").flatMap((pair) => {
    const [day, ratio] = pair.split(" ");
    return day && ratio ? [{ asOf: readDay(day), ratio: Number(ratio) / 1000 }] : [];
  });
}

/** The mean of the ratios whose date is nearest. */
function ratioNear(ratios: readonly Ratio[], asOf: string): number {
  const least = Math.min(...ratios.map((each) => distance(each, asOf)));
  const near = ratios.filter((each) => distance(each, asOf) === least);
  return near.reduce((total, { ratio }) => total + ratio, 0) / near.length;
}

/** In milliseconds. */
function distance(ratio: Ratio, asOf: string): number {
  return Math.abs(Date.parse(ratio.asOf) - Date.parse(asOf));
}
