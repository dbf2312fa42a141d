import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { gatherProject, type Purpose } from "../app/project";
import { Analysis } from "../core";
import type { ProjectReader } from "../ports";
import { UsageError } from "./errors";

/** A larger file is no Dockerfile. */
const MAX_BYTES = 16 * 1024 * 1024;
const SKIPPED = new Set(["node_modules", ".git", "vendor"]);
const DOCKERFILE = /^(?:dockerfile|containerfile)(?:\..+)?$|\.(?:dockerfile|containerfile)$/i;

/** A Dockerfile as the user named it. */
export interface Input {
  /** As the user wrote it. */
  readonly path: string;
  readonly text: string;
  /** Where it stands, absolute; undefined for standard input without a name. */
  readonly file: string | undefined;
}

/** Makes the reader of a context; the command line's `main` hands in the real one. */
export type OpenProject = (context: string, dockerfilePath?: string) => Promise<ProjectReader>;

/** The file at a path, or standard input for `-`. Throws a UsageError that says what is wrong with it. */
export function readInput(path: string, stdinFilename?: string): Input {
  const file = path === "-" ? stdinFilename : path;
  return {
    path: path === "-" ? (stdinFilename ?? "-") : path,
    text: readText(path),
    file: file === undefined ? undefined : resolve(file),
  };
}

function readText(path: string): string {
  let bytes: Buffer;
  try {
    if (path !== "-" && statSync(path).size > MAX_BYTES)
      throw new UsageError(`${path}: larger than ${MAX_BYTES >> 20} MiB, which no Dockerfile is`);
    bytes = readFileSync(path === "-" ? 0 : path);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${path}: ${reasonOf(error)}`);
  }
  if (bytes.includes(0)) throw new UsageError(`${path}: a binary file, not a Dockerfile`);
  return bytes.toString("utf8");
}

/** The words for what the file system answered. */
export function reasonOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  const words: Readonly<Record<string, string>> = {
    ENOENT: "no such file",
    EISDIR: "is a folder",
    EACCES: "permission denied",
    EPERM: "permission denied",
    EROFS: "the folder is read-only",
    ENOSPC: "no space left on the disk",
    ENOTDIR: "part of the path is no folder",
    ELOOP: "its links lead in a circle",
  };
  return (
    words[code ?? ""] ?? (error instanceof Error ? (error.message.split("\n", 1)[0] ?? "unreadable") : String(error))
  );
}

/** The paths of Dockerfiles that are meant: files as they are, folders searched by name. */
export function expandPaths(paths: readonly string[]): readonly string[] {
  return (paths.length > 0 ? paths : ["."]).flatMap((path) => {
    if (path === "-") return path;
    let isFolder: boolean;
    try {
      isFolder = statSync(path).isDirectory();
    } catch {
      return path;
    }
    return isFolder ? searchFolder(path) : path;
  });
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function searchFolder(folder: string): readonly string[] {
  const found: string[] = [];
  const waiting = [folder];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    let entries: import("node:fs").Dirent[];
    try {
      entries = readdirSync(at, { withFileTypes: true });
    } catch {
      continue;
    }
    for (const entry of entries) {
      const path = at === "." ? entry.name : join(at, entry.name);
      if (entry.isDirectory() && !SKIPPED.has(entry.name)) waiting.push(path);
      else if (entry.isFile() && DOCKERFILE.test(entry.name) && !entry.name.endsWith(".dockerignore")) found.push(path);
    }
  }
  return found.sort();
}

/** The folder of the build context: `--context`, else the file's own. */
export function contextOf(input: Input, context: string | undefined): string | undefined {
  if (context !== undefined && !isFolder(context)) throw new UsageError(`--context ${context}: no such folder`);
  if (context !== undefined) return resolve(context);
  return input.file === undefined ? undefined : dirname(input.file);
}

/** The input analysed with the facts of its folder. */
export async function analyze(
  input: Input,
  context: string | undefined,
  open: OpenProject,
  purpose: Purpose = "findings",
): Promise<Analysis> {
  const folder = contextOf(input, context);
  const reader = folder === undefined ? undefined : await open(folder, input.file);
  return new Analysis(input.text, await gatherProject(input.text, reader, purpose));
}
