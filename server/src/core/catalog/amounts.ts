import type { Size } from "./size";

/** What sizes without a platform of their own are of. */
const PLATFORM = "linux/amd64";

/** Bytes that are counted. */
export function exactly(bytes: number): Size {
  return { bytes, kind: "unpacked", source: "estimate", platform: PLATFORM };
}

/** It adds something, and nobody knows how much. */
export function nothingKnown(): Size {
  return { bytes: null, low: 0, kind: "unpacked", source: "estimate", platform: PLATFORM };
}
