import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import type { ProjectFile, ProjectReader } from "../../ports";
import { readIgnoreRules } from "../docker/ignore";
import { walkContext } from "../docker/walk";

/** A larger file is no manifest and no source that a person wrote. */
const MAX_BYTES = 1024 * 1024;
/** A context with more files is not listed: what an analysis would learn is not worth the wait. */
const MAX_FILES = 20_000;

/** Reads a build context from the disk, under its .dockerignore. */
export function projectReader(context: string, dockerfilePath?: string): ProjectReader {
  return {
    async read(path) {
      try {
        const absolute = join(context, path);
        if ((await stat(absolute)).size > MAX_BYTES) return undefined;
        const text = await readFile(absolute, "utf8");
        return text.includes("\0") ? undefined : text;
      } catch {
        return undefined;
      }
    },
    async files() {
      try {
        const found: ProjectFile[] = [];
        for await (const { path, kind, bytes } of walkContext(
          context,
          await readIgnoreRules(context, dockerfilePath),
        )) {
          if (kind === "file") found.push({ path, bytes });
          if (found.length > MAX_FILES) return undefined;
        }
        return found;
      } catch {
        // An unreadable folder is an unknown one for the analysis; a build says what is wrong with it.
        return undefined;
      }
    },
  };
}
