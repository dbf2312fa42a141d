/**
 * Bytes of an image or of a part of one, with where the figure is from (DESIGN section 7).
 * `bytes` is the best single figure, null where there is none; `low` and `high` bound it where it is an estimate.
 * A `low` without `high` is all that is known: at least so much.
 */
export interface Size {
  readonly bytes: number | null;
  readonly low?: number;
  readonly high?: number;
  /** Where the engine counted what its disk needs for the files, in whole blocks, and not the files. */
  readonly approximate?: true;
  /** What `docker images` prints for the image, on an engine where that is another figure. */
  readonly listed?: number;
  /** Files as they lie in the layers, or the blobs that a registry sends. */
  readonly kind: "unpacked" | "compressed";
  readonly source: "measured" | "registry" | "catalog" | "estimate";
  /** Such as linux/amd64. */
  readonly platform: string;
  /** The day of the figure, YYYY-MM-DD. */
  readonly asOf?: string;
}

/** What the catalog's rows are of. */
export const CATALOG_PLATFORM = "linux/amd64";

/** Best first. */
const SOURCES: readonly Size["source"][] = ["measured", "registry", "catalog", "estimate"];

/**
 * The sum of sizes: as good as the worst of its sources and as old as the oldest, its bounds the sums of theirs.
 * No bytes where one of them has none; of no size at all, 0. Sizes of two kinds or platforms have no sum: an unknown.
 */
export function addSizes(sizes: readonly Size[]): Size {
  const [first] = sizes;
  if (!first) return { bytes: 0, kind: "unpacked", source: "measured", platform: CATALOG_PLATFORM };
  const { kind, platform } = first;
  if (sizes.some((size) => size.kind !== kind || size.platform !== platform)) {
    return { bytes: null, kind, source: "estimate", platform };
  }
  const bytes = sum(sizes.map((size) => size.bytes ?? undefined));
  const low = sum(sizes.map((size) => size.low ?? size.bytes ?? 0));
  const high = sum(sizes.map((size) => size.high ?? size.bytes ?? undefined));
  const asOf = sizes.flatMap((size) => size.asOf ?? []).sort()[0];
  return {
    bytes: bytes ?? null,
    ...(low !== undefined && low !== bytes ? { low } : {}),
    ...(high !== undefined && high !== bytes ? { high } : {}),
    ...(sizes.some(({ approximate }) => approximate) && { approximate: true as const }),
    kind,
    source: SOURCES[Math.max(...sizes.map((size) => SOURCES.indexOf(size.source)))] ?? "estimate",
    platform,
    ...(asOf === undefined ? {} : { asOf }),
  };
}

function sum(values: readonly (number | undefined)[]): number | undefined {
  let total = 0;
  for (const value of values) {
    if (value === undefined) return undefined;
    total += value;
  }
  return total;
}

const UNITS = ["B", "kB", "MB", "GB", "TB", "PB"];

interface Scaled {
  readonly value: number;
  readonly unit: string;
}

/** Bytes in the unit in which they have at most three digits before the point, rounded to so many digits. */
function scale(bytes: number, digits: number, round: (value: number) => number): Scaled {
  let value = bytes;
  let at = 0;
  const fits = () => rounded(value, digits, round) < 1000 || at === UNITS.length - 1;
  while (!fits()) {
    value /= 1000;
    at += 1;
  }
  return { value: rounded(value, digits, round), unit: UNITS[at] ?? "B" };
}

function rounded(value: number, digits: number, round: (value: number) => number): number {
  if (value <= 0) return 0;
  const places = digits - 1 - Math.floor(Math.log10(value));
  // Dividing by a whole power of ten keeps 0.29 from becoming 0.29000000000000004.
  return places >= 0 ? round(value * 10 ** places) / 10 ** places : round(value / 10 ** -places) * 10 ** -places;
}

/** Bytes as `docker images` prints them (decimal units, three digits), with a space: 861 MB, 2.44 MB, 1.28 GB. */
export function formatBytes(bytes: number): string {
  const { value, unit } = scale(bytes, 3, Math.round);
  return `${value} ${unit}`;
}

/** Of a part that is known alone, less says nothing of an image. Bytes. */
const PART = 1_000_000;

/** What an image weighs before and after a change, as far as that can be told: `861 MB → ≈ 1.8 MB`; undefined where neither can. */
export function formatChange(before: Size, after: Size): string | undefined {
  const [from, to] = [before, after].map((size) =>
    size.bytes === null && size.high === undefined && (size.low ?? 0) < PART ? undefined : formatSize(size),
  );
  return from && to ? `${from} → ${to}` : (to ?? (from && `${from} → unknown`));
}

/** From where on a range says more than its middle. */
const WIDE = 1.3;

/**
 * A size for people: `861 MB` where it is known, `≈ 690 MB on disk` where the engine counts blocks, `≈ 690 MB` for an estimate, `≈ 1.2–2.5 MB` for a wide one, `≥ 690 MB`
 * where only a part is known, `unknown` where nothing is.
 */
export function formatSize(size: Size): string {
  const { bytes, low = 0, high } = size;
  if (high !== undefined && (bytes === null || high > Math.max(low, 1) * WIDE)) return `≈ ${range(low, high)}`;
  if (bytes === null) return low > 0 ? `≥ ${estimate(low, Math.floor)}` : "unknown";
  if (size.approximate && bytes > 0) return `≈ ${estimate(bytes, Math.round)} on disk`;
  return size.source === "estimate" && bytes > 0 ? `≈ ${estimate(bytes, Math.round)}` : formatBytes(bytes);
}

function estimate(bytes: number, round: (value: number) => number): string {
  const { value, unit } = scale(bytes, 2, round);
  return `${value} ${unit}`;
}

function range(low: number, high: number): string {
  const [from, to] = [scale(low, 2, Math.floor), scale(high, 2, Math.ceil)];
  return `${from.value}${from.unit === to.unit || low === 0 ? "" : ` ${from.unit}`}–${to.value} ${to.unit}`;
}
