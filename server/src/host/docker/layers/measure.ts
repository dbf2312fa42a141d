import type { IncomingMessage } from "node:http";
import { EngineError, type HistoryEntry, type MeasuredImage } from "../../../ports";
import { dial, type Engine } from "../engine";
import { isNotFound, toEngineError } from "../errors";
import { type InspectedImage, lookAt } from "../inspect";
import type { MeasureRequest } from "../protocol";
import { contentsOf } from "./contents";
import { type ArchivedImage, ImageArchive } from "./image-archive";
import type { LayerCache } from "./layer-cache";
import type { LayerFacts } from "./layer-scan";
import { TarError } from "./tar-reader";

/**
 * An image with the bytes of the files in its layers, the same on every engine, and what it holds; undefined where the
 * engine has none of that name. Layers that were read before are not read again. `progress` is told the bytes that came
 * and how many about there are. Rejects with an EngineError where the engine does not hand the image over, and with the
 * signal's reason.
 */
export async function measure(
  engine: Engine,
  { reference, contents }: Pick<MeasureRequest, "reference" | "contents">,
  cache: LayerCache,
  progress: (read: number, about: number) => void,
  signal: AbortSignal,
): Promise<MeasuredImage | undefined> {
  const image = await lookAt(engine, reference);
  if (!image) return undefined;
  const { diffIds, exact, details } = image;
  const known = await Promise.all(diffIds.map((diffId) => cache.get(diffId)));
  const layers = known.flatMap((facts) => facts ?? []);
  if (layers.length === diffIds.length) {
    const history = assign(details.history, layers, undefined);
    if (history) return measured(image, layers, history);
  }
  if (exact && !contents) return { ...details, contents: null };
  const archive = await read(engine, image, progress, signal);
  for (const { diffId, facts } of archive.layers) await cache.set(diffId, facts);
  const facts = archive.layers.map((layer) => layer.facts);
  return measured(image, facts, assign(details.history, facts, archive.history));
}

function measured(
  { details }: InspectedImage,
  layers: readonly LayerFacts[],
  history: readonly HistoryEntry[] | undefined,
): MeasuredImage {
  const { approximate: _, ...rest } = details;
  const bytes = layers.reduce((sum, layer) => sum + layer.bytes, 0);
  return { ...rest, bytes, history: history ?? [{ createdBy: "", bytes }], contents: contentsOf(layers) };
}

/**
 * The history with the layers' bytes. Which entries made a layer is said by the image's config, or else seen by what the
 * engine says they weigh; undefined where that does not come out even.
 */
export function assign(
  history: readonly HistoryEntry[],
  layers: readonly { readonly bytes: number }[],
  said: ArchivedImage["history"] | undefined,
): readonly HistoryEntry[] | undefined {
  const rest = said ? [...layers] : layers.filter(({ bytes }) => bytes > 0);
  const has = (entry: HistoryEntry, at: number) => (said ? said[at]?.empty === false : entry.bytes > 0);
  const even = !said || said.length === history.length;
  const ways = said ? [rest] : [[...layers], rest];
  const fitting = ways.find((way) => way.length === history.filter(has).length);
  if (!even || !fitting) return undefined;
  let next = 0;
  return history.map((entry, at) => ({ ...entry, bytes: has(entry, at) ? (fitting[next++]?.bytes ?? 0) : 0 }));
}

async function read(
  engine: Engine,
  { details }: InspectedImage,
  progress: (read: number, about: number) => void,
  signal: AbortSignal,
): Promise<ArchivedImage> {
  const archive = new ImageArchive();
  let bytes = 0;
  try {
    const response = (await dial(engine.docker, {
      path: `/images/${details.id}/get`,
      method: "GET",
      isStream: true,
      statusCodes: { 200: true },
      abortSignal: signal,
    })) as IncomingMessage;
    for await (const chunk of response as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      progress(bytes, details.bytes);
      await archive.push(chunk);
    }
    return archive.end(details.platform);
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof TarError)
      throw new EngineError(`The layers of ${details.id.slice(0, 19)} cannot be read: ${error.message}.`);
    if (isNotFound(error)) throw new EngineError(`The image ${details.id.slice(0, 19)} was removed while it was read.`);
    throw toEngineError(error, engine.where);
  }
}
