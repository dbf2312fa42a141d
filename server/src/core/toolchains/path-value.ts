import { posix } from "../model/paths";

/** A path that a program may use, as far as its sources tell. */
export interface PathValue {
  /**
   * What it begins with: nothing (`image`), the folder of the user, the one for temporary files, a variable of the
   * environment, what the user gives as an argument; `unknown` is all the rest.
   */
  readonly base: "image" | "home" | "temp" | "env" | "user" | "unknown";
  /** The variable of `env`. */
  readonly variable?: string;
  readonly text: string;
  /** More follows that is not known. */
  readonly open: boolean;
}

export const UNKNOWN_PATH: PathValue = { base: "unknown", text: "", open: true };
export const USER_PATH: PathValue = { base: "user", text: "", open: true };

export function pathOf(text: string): PathValue {
  return { base: "image", text, open: false };
}

/** More ways to write one path than this are none that a person follows. */
const MAX_PATHS = 12;

/** All ways in which one of each list follow each other, with `glue` between them. */
export function combine(parts: readonly (readonly PathValue[])[], glue: "" | "/"): readonly PathValue[] {
  let paths: readonly PathValue[] = [pathOf("")];
  for (const part of parts) {
    // A value that grows out of itself has no end.
    if (part.length === 0) return [UNKNOWN_PATH];
    paths = paths.flatMap((before) => part.map((after) => append(before, after, glue)));
    if (paths.length > MAX_PATHS) return [UNKNOWN_PATH];
  }
  return distinct(paths);
}

function append(before: PathValue, after: PathValue, glue: string): PathValue {
  if (before.base === "image" && before.text === "" && !before.open) return after;
  if (before.open) return before;
  if (after.base !== "image") return { ...before, text: before.text + glue, open: true };
  return { ...before, text: before.text + (after.text === "" ? "" : glue) + after.text, open: after.open };
}

/** The folder of a path. */
export function folderOf(path: PathValue): PathValue {
  if (path.open) return path;
  return { ...path, text: path.base === "image" || path.text !== "" ? posix.dirname(path.text) : "" };
}

export function distinct(paths: readonly PathValue[]): readonly PathValue[] {
  const known = new Map(paths.map((path) => [`${path.base} ${path.variable ?? ""} ${path.open} ${path.text}`, path]));
  return known.size > MAX_PATHS ? [UNKNOWN_PATH] : [...known.values()];
}
