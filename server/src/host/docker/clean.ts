import type Docker from "dockerode";
import { isHttpError } from "./errors";

/** How long a container that somebody else removes may take to be gone, in milliseconds. */
const removalPatience = 4_000;

/**
 * Stops and removes a container, with the volumes that were made for it; resolves when it is gone. One that is gone
 * already is no error.
 */
export async function removeContainer(docker: Docker, id: string): Promise<void> {
  const container = docker.getContainer(id);
  if (await orGone(container.remove({ force: true, v: true }))) return;
  // The engine is about to remove it by itself. Until it has, it holds on to the image.
  const abortSignal = AbortSignal.timeout(removalPatience);
  await orGone(container.wait({ condition: "removed", abortSignal }));
}

/**
 * Removes an image with its tags, and the layers that nothing else uses. Resolves to false where it cannot be removed
 * since something still uses it.
 */
export async function removeImage(docker: Docker, id: string, force = false): Promise<boolean> {
  return orGone(docker.getImage(id).remove({ force }));
}

/** What the engine answers is the outcome; that it does not answer is an error. */
async function orGone(removal: Promise<unknown>): Promise<boolean> {
  try {
    await removal;
    return true;
  } catch (error) {
    if (isHttpError(error)) return error.statusCode === 404;
    throw error;
  }
}
