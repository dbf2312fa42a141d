import type { ImageReference } from "./reference";

/**
 * The version of the interpreter that an official image of Python has in /usr/local, e.g. `3.14`; undefined where the tag
 * does not say it (docker-library/python, Dockerfile-linux.template: one interpreter, made and installed there).
 */
export function pythonOf({ familiar, tag = "" }: ImageReference): string | undefined {
  return familiar === "python" ? /^(\d+\.\d+)(?:[.-]|$)/.exec(tag)?.[1] : undefined;
}

/** Whether the image has no interpreter beside that one: the full images have Debian's, which makes a folder for itself there. */
export function hasOnePython({ tag = "" }: ImageReference): boolean {
  return /(?:^|-)(?:slim|alpine)/.test(tag);
}

/** Whether a path lies in the folder of libraries of another version: /usr/local/lib/python3.13 where 3.14 is installed. */
export function isOfOtherPython(version: string, path: string): boolean {
  const found = /^\/usr\/local\/lib\/python(\d[^/]*)/.exec(path)?.[1];
  return found !== undefined && found !== version;
}
