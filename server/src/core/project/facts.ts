import { readBuildArgs } from "./build-args";
import { isBuildFile, readBuildFile } from "./build-files/registry";
import { isCSource, MAX_C, readCSource } from "./c-source";
import { isCargoManifest, readCargoManifest } from "./cargo";
import { isCMakeLists, readCMakeLists } from "./cmake";
import { isCxx, MAX_CXX, writesToStreams } from "./cxx";
import { isStartScript, MAX_STARTED, readFirstLine } from "./first-line";
import { readGoModule, readGoSource } from "./go";
import { javaFacts, javaTexts } from "./java-facts";
import { readMakefile } from "./makefile";
import { nodeFacts, nodeTexts } from "./node-facts";
import { namesPackages, readPackages } from "./packages";
import { once, type Parse, type Parsers } from "./parsers";
import type { Project } from "./project";
import { pythonFacts, pythonTexts } from "./python-facts";
import { isRustSource, MAX_RUST } from "./rust";
import { readServices } from "./services";
import { separateSource } from "./source-text";
import { programsCalled } from "./start-script";
import { isBuildScript, isCompose, readTargets, TARGET_FILES } from "./targets";

/** More sources than this are not read: what they hold is then taken as unseen. Vendored ones are the first to go. */
const MAX_SOURCES = 2_000;
/** And no more scripts than this. */
const MAX_SCRIPTS = 50;

/** The files of a context whose text tells facts, by the paths of all that a build would see; `builds` is whether the Dockerfile builds. */
export function wantedTexts(paths: readonly string[], builds: boolean): readonly string[] {
  // What .dockerignore keeps from a build names targets all the same.
  const scripts = [
    ...paths.filter((path) => isBuildScript(path)).slice(0, MAX_SCRIPTS),
    ...paths.filter((path) => isStartScript(path)).slice(0, MAX_STARTED),
  ];
  if (!builds) return [...new Set([...TARGET_FILES, ...scripts])];
  const sources = paths.filter((path) => isGoSource(path));
  const own = sources.filter((path) => !/(?:^|\/)vendor\//.test(path));
  const read = sources.length <= MAX_SOURCES ? sources : own.length <= MAX_SOURCES ? own : [];
  const others = paths.filter(
    (path) => isGoModule(path) || isMakefile(path) || isCMakeLists(path) || namesPackages(path) || isBuildFile(path),
  );
  const cxx = paths.filter((path) => isCxx(path));
  const rust = paths.filter((path) => isRustSource(path));
  const c = paths.filter((path) => isCSource(path));
  return [
    ...new Set([
      ...read,
      ...(rust.length <= MAX_RUST ? rust : []),
      ...(c.length <= MAX_C ? c : []),
      ...pythonTexts(paths),
      ...(cxx.length <= MAX_CXX ? cxx : []),
      ...javaTexts(paths),
      ...others,
      ...nodeTexts(paths),
      ...TARGET_FILES,
      ...scripts,
    ]),
  ];
}

/** The facts that files tell: `files` are all that a build would see with their bytes, `texts` those that were read. */
export function projectFacts(
  files: ReadonlyMap<string, number>,
  texts: ReadonlyMap<string, string>,
  parsers: Parsers,
): Project {
  const known: Parsers = { yaml: once(parsers.yaml), toml: once(parsers.toml), xml: once(parsers.xml) };
  const parseYaml = known.yaml;
  const facts = <T>(
    wanted: (path: string) => boolean,
    key: (path: string) => string,
    read: (text: string) => T | undefined,
  ) =>
    new Map(
      [...texts].flatMap(([path, text]): [string, T][] => {
        const fact = files.has(path) && wanted(path) ? read(text) : undefined;
        return fact === undefined ? [] : [[key(path), fact]];
      }),
    );
  return {
    files,
    goModules: facts(isGoModule, folderOf, readGoModule),
    goSources: facts(isGoSource, (path) => path, readGoSource),
    cargoManifests: facts(
      isCargoManifest,
      (path) => path,
      (text) => readCargoManifest(text, parsers.toml),
    ),
    rustSources: facts(
      isRustSource,
      (path) => path,
      (text) => separateSource(text, "rust"),
    ),
    cSources: facts(isCSource, (path) => path, readCSource),
    cmakeLists: facts(isCMakeLists, (path) => path, readCMakeLists),
    makefiles: facts(isMakefile, (path) => path, readMakefile),
    ...pythonFacts(files, texts, known),
    cxxStreams: new Set(
      [...texts].flatMap(([path, text]) => (files.has(path) && isCxx(path) && writesToStreams(text) ? [path] : [])),
    ),
    packages: new Map(
      [...texts].flatMap(([path, text]) =>
        files.has(path) && namesPackages(path) ? [[path, readPackages(path, text)] as const] : [],
      ),
    ),
    ...nodeFacts(files, texts, known.yaml),
    ...javaFacts(files, texts, known),
    buildFiles: new Map(
      [...texts].flatMap(([path, text]) => {
        const read = files.has(path) && isBuildFile(path) ? readBuildFile(path, text, known) : undefined;
        return read ? [[path, read] as const] : [];
      }),
    ),
    scriptPrograms: facts(isStartScript, (path) => path, programsCalled),
    startScripts: facts(
      isStartScript,
      (path) => path,
      (text) => text,
    ),
    firstLines: new Map(
      [...texts].flatMap(([path, text]) =>
        files.has(path) && isStartScript(path) ? [[path, readFirstLine(text)] as const] : [],
      ),
    ),
    services: [...texts].flatMap(([path, text]) => (isCompose(path) ? readServices(path, text, parseYaml) : [])),
    ...builderFacts(texts, parseYaml),
  };
}

/** What the files say that build images: the stages that they ask for, and the arguments that they set. */
export function builderFacts(texts: ReadonlyMap<string, string>, parse: Parse): Pick<Project, "targets" | "buildArgs"> {
  const parseYaml = once(parse);
  const builders = [...texts].filter(([path]) => TARGET_FILES.includes(path) || isBuildScript(path));
  return {
    targets: builders.flatMap(([path, text]) => readTargets(path, text, parseYaml)),
    buildArgs: builders.flatMap(([path, text]) => readBuildArgs(path, text, parseYaml)),
  };
}

function isGoModule(path: string): boolean {
  return /(?:^|\/)go\.mod$/.test(path);
}

/** Tests are no part of a program. */
export function isGoSource(path: string): boolean {
  return path.endsWith(".go") && !path.endsWith("_test.go");
}

function isMakefile(path: string): boolean {
  return /(?:^|\/)(?:GNUm|m|M)akefile$/.test(path);
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf("/"), 0));
}
