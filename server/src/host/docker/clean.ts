import type Docker from "dockerode";
import { isHttpError } from "./errors";

/** Stops and removes a container, with the volumes that were made for it. One that is gone already is no error. */
export async function removeContainer(docker: Docker, id: string): Promise<void> {
  await orGone(docker.getContainer(id).remove({ force: true, v: true }));
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
