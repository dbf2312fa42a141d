import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import dockerignore from "@balena/dockerignore";
import { EngineError } from "../../ports";
import { fileReason } from "./errors";

/** Which files of a build context a build does not see. Paths are relative to the context, with `/` between parts. */
export interface IgnoreRules {
  /** The file the rules came from, relative or absolute as the user would name it; undefined where there is none. */
  readonly source?: string;
  readonly text: string;
  ignores(path: string): boolean;
  /** Whether a `!` pattern could bring back something inside this folder, though the folder itself is ignored. */
  reaches(folder: string): boolean;
}

/**
 * The rules of a build: those beside the Dockerfile (`<dockerfile>.dockerignore`) if there are any, else `.dockerignore`
 * of the context. Rejects with an EngineError where they cannot be read, or a pattern is malformed.
 */
export async function readIgnoreRules(context: string, dockerfilePath?: string): Promise<IgnoreRules> {
  for (const path of [dockerfilePath && `${dockerfilePath}.dockerignore`, join(context, ".dockerignore")]) {
    if (!path) continue;
    try {
      return ignoreRules(await readFile(path, "utf8"), path);
    } catch (error) {
      if (error instanceof EngineError) throw error;
      if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) {
        throw new EngineError(`Cannot read ${path}: ${fileReason(error)}.`);
      }
    }
  }
  return ignoreRules("");
}

/** The rules that a text in the format of `.dockerignore` states. */
export function ignoreRules(text: string, source?: string): IgnoreRules {
  const lines = text
    .replace(/^\ufeff/, "")
    .split(/\r?\n/)
    .map((line) => (line.startsWith("#") ? "" : line.trim()))
    .filter((line) => line !== "");
  const rules = dockerignore({ ignorecase: false });
  for (const line of lines) {
    const pattern = process.platform === "win32" ? line : escapeForLibrary(line);
    check(pattern, line, source);
    rules.add(pattern);
  }
  const exceptions = lines.filter((line) => line.startsWith("!")).map((line) => parts(line.slice(1)));
  return {
    ...(source !== undefined && { source }),
    text,
    ignores: (path) => rules.ignores(path),
    reaches: (folder) => exceptions.some((pattern) => couldMatchInside(pattern, folder.split("/"))),
  };
}

/** The library hands these to RegExp as they are, where Go's matcher knows no special meaning of them. */
function escapeForLibrary(pattern: string): string {
  return pattern.replace(/\\.|[+()|{}]/g, (found) => (found.length > 1 ? found : `\\${found}`));
}

function check(pattern: string, line: string, source: string | undefined): void {
  try {
    // The library builds its expression at the first question only.
    dockerignore({ ignorecase: false }).add(pattern).ignores("x");
  } catch {
    throw new EngineError(
      `${source ? basename(source) : "The list of ignored files"} has a malformed pattern: ${line}.`,
    );
  }
}

function parts(pattern: string): string[] {
  return pattern.split(/[/\\]/).filter((part) => part !== "" && part !== ".");
}

/** A part with a wildcard is taken to match anything: to walk a folder in vain is harmless, to skip one is not. */
function couldMatchInside(pattern: readonly string[], folder: readonly string[]): boolean {
  for (const [at, name] of folder.entries()) {
    const part = pattern[at];
    if (part === undefined || part === "**") return true;
    if (part !== name && !/[*?[\\]/.test(part)) return false;
  }
  return true;
}
