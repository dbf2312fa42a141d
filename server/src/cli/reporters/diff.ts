import { createTwoFilesPatch, FILE_HEADERS_ONLY } from "diff";
import type { Paint } from "./text";

/** A unified diff that `git apply` and `patch` take; in colours where a person looks. Without a final newline. */
export function unifiedDiff(path: string, before: string, after: string, paint: Paint): string {
  const name = path.replace(/^[/\\]+/, "");
  const patch = createTwoFilesPatch(`a/${name}`, `b/${name}`, before, after, undefined, undefined, {
    headerOptions: FILE_HEADERS_ONLY,
  });
  return patch
    .replace(/\n$/, "")
    .split("\n")
    .map((line) => (line.startsWith("+") ? paint("green", line) : line.startsWith("-") ? paint("red", line) : line))
    .join("\n");
}
