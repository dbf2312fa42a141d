import type { BuildFile } from "./build-file";

/** One requirement a line (pip, Requirements File Format): names alone, none of them a folder or another file. */
export function readPip(text: string): BuildFile {
  const lines = text.replace(/\\\r?\n/g, " ").split("\n");
  const keeps = lines.every((line) => /^\s*(?:#|$|[A-Za-z0-9][\w.-]*\s*(?:$|[[=<>~!;#]|--hash))/.test(line.trimEnd()));
  return { keeps, names: undefined, parts: [] };
}
