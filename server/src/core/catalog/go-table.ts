import { CATALOG_PLATFORM, type Size } from "./size";

/** The lines of a table of go-data.ts, each as its words. */
export function readLines(table: string): readonly (readonly string[])[] {
  return table
    .trim()
    .split("\n")
    .map((line) => line.split(" "));
}

/** An estimate in whole unpacked bytes, of a day; without a high bound at least so much is known. */
export function estimate(bytes: number | null, low: number, high: number | undefined, asOf: string): Size {
  return {
    bytes: bytes === null ? null : Math.round(bytes),
    low: Math.floor(low),
    ...(high === undefined ? {} : { high: Math.ceil(high) }),
    kind: "unpacked",
    source: "estimate",
    platform: CATALOG_PLATFORM,
    asOf,
  };
}
