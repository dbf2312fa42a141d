import { posix } from "../../model/paths";
import type { RunCommand } from "../../toolchains/toolchain";

/** The paths that a command gives to a user that is not root, or opens or shuts to all others. Absolute. */
export function pathsGiven({ program, values, folder }: RunCommand): readonly string[] {
  const words = values.filter((value) => !value?.startsWith("-"));
  const isGiven =
    program === "chown" || program === "chgrp"
      ? !/^(?:root|0)?(?::(?:root|0)?)?$/.test(words[0] ?? "$")
      : program === "chmod" && !KEEPS.test(words[0] ?? "$");
  if (!isGiven) return [];
  return words.slice(1).flatMap((word) => (word === undefined ? [] : posix.join(folder ?? "/", word)));
}

/** Modes with which all may read, and their owner alone may write. */
const KEEPS = /^(?:[augo]*\+[rx]+|[ugo]*-w|0?[4-7][0145][45])$/;

/** The paths that a `chmod` lets somebody run. Absolute. */
export function pathsRunnable({ program, values, folder }: RunCommand): readonly string[] {
  const [mode = "", ...paths] = values.filter((value) => !value?.startsWith("-"));
  if (program !== "chmod" || !/[+=][rwst]*x|[1357]/.test(mode)) return [];
  return paths.flatMap((path) => (path === undefined ? [] : posix.join(folder ?? "/", path)));
}
