import type { Size } from "../core";
import {
  type BuildEngine,
  EngineError,
  type HistoryEntry,
  type ImageContents,
  type ImageDetails,
  type MeasureListener,
} from "../ports";

/** An image as well as it can be known. */
export interface KnownImage extends ImageDetails {
  readonly contents: ImageContents | null;
}

/** How far the reading of layers is, and what is said about it. */
export interface Reading extends MeasureListener {
  log(line: string): void;
}

/**
 * The image to the byte; where its layers cannot be read, what the engine says of it, and why in the log. Undefined where
 * there is none of that name. Rejects as BuildEngine does.
 */
export async function knowImage(
  engine: BuildEngine,
  reference: string,
  reading: Reading,
  signal?: AbortSignal,
): Promise<KnownImage | undefined> {
  try {
    return await engine.measure(reference, reading, signal);
  } catch (error) {
    if (!(error instanceof EngineError) || signal?.aborted) throw error;
    const image = await engine.inspect(reference);
    if (image) reading.log(error.message);
    return image && { ...image, contents: null };
  }
}

/** The size of an image. */
export function sizeOf({ bytes, approximate, platform }: ImageDetails): Size {
  return { bytes, ...(approximate && { approximate }), kind: "unpacked", source: "measured", platform };
}

/** The size of a part of an image. */
export function sizeOfPart(image: ImageDetails, parts: readonly HistoryEntry[]): Size {
  return sizeOf({ ...image, bytes: parts.reduce((sum, { bytes }) => sum + bytes, 0) });
}
