import type { Parsers } from "../parsers";
import { readPom } from "../pom";
import { REQUIREMENTS } from "../requirements";
import type { BuildFile } from "./build-file";
import { readCargo } from "./cargo";
import { readDotnet, readDotnetSettings } from "./dotnet";
import { readGradle, readGradleProperties, readGradleSettings } from "./gradle";
import { readMaven } from "./maven";
import { readNpm } from "./npm";
import { readPip } from "./pip";
import { readNestCli, readTsconfig, readVite } from "./web";

const READERS: readonly (readonly [RegExp, (text: string, path: string, parsers: Parsers) => BuildFile])[] = [
  [/(?:^|\/)package\.json$/, readNpm],
  [/(?:^|\/)Cargo\.toml$/, readCargo],
  [/(?:^|\/)pom\.xml$/, (text, _, { xml }) => readMaven(readPom(text, xml))],
  [/(?:^|\/)build\.gradle(?:\.kts)?$/, readGradle],
  [/(?:^|\/)settings\.gradle(?:\.kts)?$/, readGradleSettings],
  [/(?:^|\/)gradle\.properties$/, readGradleProperties],
  [/(?:^|\/)tsconfig[\w.-]*\.json$/, readTsconfig],
  [/(?:^|\/)nest-cli\.json$/, readNestCli],
  [/(?:^|\/)vite\.config\.[cm]?[jt]s$/, readVite],
  [REQUIREMENTS, readPip],
  [/\.(?:cs|fs|vb)proj$/, readDotnet],
  [/(?:^|\/)Directory\.(?:Build|Packages)\.(?:props|targets)$/, readDotnetSettings],
];

/** A file that rules what a build writes, and not one of a package that was installed. */
export function isBuildFile(path: string): boolean {
  return !/(?:^|\/)node_modules\//.test(path) && READERS.some(([name]) => name.test(path));
}

/** Reads such a file; one that is broken keeps to nothing. */
export function readBuildFile(path: string, text: string, parsers: Parsers): BuildFile | undefined {
  return READERS.find(([name]) => name.test(path))?.[1](text, path, parsers);
}
