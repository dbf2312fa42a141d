import { readRequirements } from "../requirements";
import type { BuildFile } from "./build-file";

/** It asks for packages by their names alone, none of them a folder or another file. */
export function readPip(text: string): BuildFile {
  const { packages, includes, options } = readRequirements(text);
  const keeps = packages.every((each) => !each.elsewhere) && includes.length === 0 && options.length === 0;
  return { keeps, names: undefined, parts: [] };
}
