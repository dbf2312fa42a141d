import type { FileContext } from "../flow/context";
import { type Content, contextPath } from "../flow/files/content";
import { contextBytes } from "../flow/layers/context-bytes";

/** The bytes of what a step brought, or of a path in it; undefined where they are not known. Counted in the folder, never guessed. */
export function contentBytes({ project }: FileContext, content: Content, path = content.path): number | undefined {
  const source =
    content.shape === "folder"
      ? contextPath(content, path)
      : content.source?.of === "context"
        ? content.source.path
        : undefined;
  return source === undefined ? undefined : contextBytes(project, source);
}

/** The sum of bytes; undefined where one of them is not known. */
export function sumOf(all: readonly (number | undefined)[]): number | undefined {
  return all.reduce((sum, bytes) => (sum === undefined || bytes === undefined ? undefined : sum + bytes), 0);
}
