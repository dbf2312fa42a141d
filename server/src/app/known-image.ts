import type { Size } from "../core";
import {
  type BuildEngine,
  EngineError,
  type HistoryEntry,
  type ImageContents,
  type ImageDetails,
  type Inside,
  type MeasureOptions,
} from "../ports";

/** An image as well as it can be known. */
export interface KnownImage extends ImageDetails {
  readonly contents: ImageContents | null;
  readonly inside: Inside | null;
}

/** What is wanted of it, and where it is told how far the reading of its layers is. */
export interface Reading extends MeasureOptions {
  log(line: string): void;
}

/**
 * An image to the byte; where its layers cannot be read, as the engine has it, and why in the log. Rejects with an
 * EngineError where the engine no longer answers, and with the signal's reason.
 */
export async function knowImage(
  engine: BuildEngine,
  image: ImageDetails,
  reading: Reading,
  signal?: AbortSignal,
): Promise<KnownImage> {
  const unread = { ...image, contents: null, inside: null };
  try {
    return (await engine.measure(image.id, reading, signal)) ?? unread;
  } catch (error) {
    if (!(error instanceof EngineError) || signal?.aborted) throw error;
    await engine.inspect(image.id);
    reading.log(error.message);
    return unread;
  }
}

/** The size of an image. */
export function sizeOf({ bytes, approximate, listed, platform }: ImageDetails): Size {
  const other = listed === undefined ? {} : { listed };
  return { bytes, ...(approximate && { approximate }), ...other, kind: "unpacked", source: "measured", platform };
}

/** The size of a part of an image. */
export function sizeOfPart(image: ImageDetails, parts: readonly HistoryEntry[]): Size {
  const { listed: _, ...part } = image;
  return sizeOf({ ...part, bytes: parts.reduce((sum, { bytes }) => sum + bytes, 0) });
}
