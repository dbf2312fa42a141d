import { lineage } from "../../model/image-config";
import type { Stage } from "../../model/model";
import { posix } from "../../model/paths";
import type { FileContext } from "../context";
import { type Copy, copiesOf } from "./copies";

/** What a sentence about something that is left behind ends with. */
export const NOT_READ = ", and its sources were not all read.";

/** A file that is copied by name and is no source is there to be read: a sentence about the first. */
export function copiedFile(context: FileContext, stage: Stage): string | undefined {
  for (const copy of allCopies(context, stage)) {
    const data = dataOf(copy);
    if (data) return `${copy.instruction.keyword} brings ${data}, which the program may read at run time${NOT_READ}`;
  }
  return undefined;
}

/**
 * Where the files and folders stand that COPY brings by their names and that are no sources: modules that were not read
 * may open them. A sentence where one of them cannot be followed.
 */
export function copiedByName(context: FileContext, stage: Stage): readonly string[] | string {
  const places: string[] = [];
  const view = context.view(stage);
  for (const copy of allCopies(context, stage)) {
    if (!dataOf(copy)) continue;
    const { target, sources, from } = copy;
    for (const source of sources ?? [""]) {
      if (isSource(source)) continue;
      const clean = posix.normalize(source.replace(/^\/+/, ""));
      const place = [posix.join(target ?? "/", posix.basename(clean)), target ?? "/"].find((path) => {
        const origin = view.origin(path);
        return origin.kind === "context" && origin.path === clean;
      });
      if (target === undefined || from !== undefined || place === undefined || place === view.workdir)
        return `${copy.instruction.keyword} brings ${dataOf(copy)}, which the program may read at run time${NOT_READ}`;
      places.push(place);
    }
  }
  return places;
}

function allCopies(context: FileContext, stage: Stage): readonly Copy[] {
  return lineage(stage).flatMap((each) => copiesOf(each, context.syntax.escape));
}

function dataOf(copy: Copy): string | undefined {
  if (copy.instruction.heredocs.length > 0) return "a file that is written in this Dockerfile";
  if (copy.from !== undefined) return `files of ${copy.from}`;
  return copy.sources ? copy.sources.find((source) => !isSource(source)) : "a file that a variable names";
}

/** What a compiler reads, and no program. */
export function isSource(path: string): boolean {
  const name = posix.basename(path);
  return /^\.?$|\.(?:go|mod|sum|work|s|S|c|h|cc|cpp|cxx|hpp|hh|rs|cmake)$|^(?:go|Cargo)\.\*$|^Cargo\.(?:toml|lock)$|^\*$|^(?:cmd|pkg|internal|src|vendor|lib|api|crates|include|Makefile|CMakeLists\.txt|rust-toolchain(?:\.toml)?|Dockerfile|\.git)$/.test(
    name,
  );
}
