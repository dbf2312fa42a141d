import { EngineError } from "../../ports";
import { removeContainer, removeImage } from "./clean";
import type { Engine } from "./engine";
import { toEngineError } from "./errors";

/**
 * Removes every container and image with a label, `key` or `key=value`. What cannot be removed, since something without
 * the label uses it, stays. Rejects with an EngineError where the engine does not answer, or the label is empty.
 */
export async function sweep(engine: Engine, label: string): Promise<void> {
  // Of an empty one the engine thinks that everything has it.
  if (label.trim() === "" || label.startsWith("=")) throw new EngineError("There is no label to look for.");
  const filters = { label: [label] };
  try {
    const containers = await engine.docker.listContainers({ all: true, filters });
    await Promise.all(containers.map(({ Id }) => removeContainer(engine.docker, Id)));
    await sweepImages(engine, filters);
  } catch (error) {
    throw toEngineError(error, engine.where);
  }
}

async function sweepImages(engine: Engine, filters: { readonly label: string[] }): Promise<void> {
  // An image goes only after those that were built on it: each round takes what has become free.
  for (let before = Number.POSITIVE_INFINITY; ; ) {
    const images = await engine.docker.listImages({ all: true, filters });
    if (images.length === 0 || images.length >= before) return;
    before = images.length;
    for (const { Id } of images) await removeImage(engine.docker, Id, true);
  }
}
