import type { IncomingMessage } from "node:http";
import { EngineError, type HistoryEntry, type Inside, type MeasuredImage, type StartQuestion } from "../../../ports";
import { dial, type Engine } from "../engine";
import { isNotFound, toEngineError } from "../errors";
import { ImageFiles } from "../inside/image-files";
import { lookInside } from "../inside/inside";
import { type InspectedImage, lookAt } from "../inspect";
import type { MeasureRequest } from "../protocol";
import { contentsOf } from "./contents";
import { type ArchivedImage, ImageArchive } from "./image-archive";
import type { LayerCache } from "./layer-cache";
import type { LayerFacts } from "./layer-scan";
import { seenIn } from "./seen";
import { TarError } from "./tar-reader";

/**
 * An image with the bytes of the files in its layers, the same on every engine, and what it holds; undefined where the
 * engine has none of that name. Layers that were read before are not read again. `progress` is told the bytes that came
 * and how many about there are. Rejects with an EngineError where the engine does not hand the image over, and with the
 * signal's reason.
 */
export async function measure(
  engine: Engine,
  { reference, contents, start }: Omit<MeasureRequest, "id">,
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
    const places = placesOf(details.history, layers, undefined);
    if (places) return measured(image, layers, places, start);
  }
  if (exact && !contents && !start) return { ...details, contents: null, inside: null };
  const archive = await read(engine, image, progress, signal);
  for (const { diffId, facts } of archive.layers) await cache.set(diffId, facts);
  const facts = archive.layers.map((layer) => layer.facts);
  return measured(image, facts, placesOf(details.history, facts, archive.history), start);
}

function measured(
  image: InspectedImage,
  layers: readonly LayerFacts[],
  places: readonly (number | undefined)[] | undefined,
  start: StartQuestion | undefined,
): MeasuredImage {
  const { approximate: _, ...rest } = image.details;
  const bytes = layers.reduce((sum, layer) => sum + layer.bytes, 0);
  const history = places
    ? rest.history.map((entry, at) => ({ ...entry, bytes: layers[places[at] ?? -1]?.bytes ?? 0 }))
    : [{ createdBy: "", bytes }];
  const seen = seenIn(layers);
  const inside =
    start && rest.platform.startsWith("linux/") ? insideOf(image, new ImageFiles(seen), places, start) : null;
  return { ...rest, bytes, history, contents: contentsOf(layers, seen), inside };
}

/** The layers that are looked at are those of the author's own entries of the history; none where that is not known. */
function insideOf(
  { details, start }: InspectedImage,
  files: ImageFiles,
  places: readonly (number | undefined)[] | undefined,
  { args, own }: StartQuestion,
): Inside {
  const layers = new Set(own === undefined || !places ? [] : places.slice(Math.max(places.length - own, 0)));
  const command = [...start.entrypoint, ...(args.length > 0 ? args : start.cmd)];
  const { user, env } = details;
  return lookInside(
    files,
    { command, folder: start.folder, user, env },
    (layer) => own === undefined || layers.has(layer),
  );
}

/**
 * For each entry of the history the place of the layer that it made. Which made one is said by the image's config, or else
 * seen by what the engine says they weigh; undefined where that does not come out even.
 */
export function placesOf(
  history: readonly HistoryEntry[],
  layers: readonly { readonly bytes: number }[],
  said: ArchivedImage["history"] | undefined,
): readonly (number | undefined)[] | undefined {
  const all = [...layers.keys()];
  const rest = said ? all : all.filter((at) => (layers[at]?.bytes ?? 0) > 0);
  const has = (entry: HistoryEntry, at: number) => (said ? said[at]?.empty === false : entry.bytes > 0);
  const even = !said || said.length === history.length;
  const fitting = (said ? [rest] : [all, rest]).find((way) => way.length === history.filter(has).length);
  if (!even || !fitting) return undefined;
  let next = 0;
  return history.map((entry, at) => (has(entry, at) ? fitting[next++] : undefined));
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
