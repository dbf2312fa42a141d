import type { Fact } from "../text/fact";
import type { NamedBuildArg } from "./build-args";
import type { BuildFile } from "./build-files/build-file";
import type { CSource } from "./c-source";
import type { CargoManifest } from "./cargo";
import type { CMakeLists } from "./cmake";
import type { GoModule, GoSource } from "./go";
import type { JavaTarget } from "./java";
import type { JavaSource } from "./java-source";
import type { Makefile } from "./makefile";
import type { NodeLock } from "./node-lock";
import type { NodeSource } from "./node-source";
import type { PackageJson } from "./package-json";
import type { Pom } from "./pom";
import type { Pyproject, PythonLock } from "./pyproject";
import type { PythonSource } from "./python";
import type { Requirements } from "./requirements";
import type { ComposeService } from "./services";
import type { SourceText } from "./source-text";
import type { NamedTarget } from "./targets";

/** The facts of the build context that the analysis uses: what `app` has read, never more. */
export interface Project {
  /** The Dockerfile's own path in the context; unknown where it stands elsewhere, or has no file. */
  readonly dockerfile?: string;
  /** Size in bytes of each file that a build would see, by its path; undefined where the folder could not be listed. */
  readonly files: ReadonlyMap<string, number> | undefined;
  /** Those that others than their owner may not read; undefined where nobody asked. */
  readonly privateFiles?: ReadonlySet<string>;
  /** The go.mod files, by their folder ("" is the context itself). */
  readonly goModules: ReadonlyMap<string, GoModule>;
  /** The Go files, tests aside, by their path. */
  readonly goSources: ReadonlyMap<string, GoSource>;
  /** The Cargo.toml files, by their path; of one that is broken nothing is known. */
  readonly cargoManifests?: ReadonlyMap<string, CargoManifest>;
  /** The files of Rust, tests aside, by their path. */
  readonly rustSources?: ReadonlyMap<string, SourceText>;
  /** The files of C and C++, tests aside, by their path. */
  readonly cSources?: ReadonlyMap<string, CSource>;
  /** The CMakeLists.txt, by their path. */
  readonly cmakeLists?: ReadonlyMap<string, CMakeLists>;
  /** The Makefiles, by their path. */
  readonly makefiles: ReadonlyMap<string, Fact<Makefile>>;
  /** Files of C++ that surely call libstdc++, by their paths; undefined where the folder was not seen. */
  readonly cxxStreams?: ReadonlySet<string>;
  /** The Python files, by their path; undefined where not all were read. */
  readonly pythonSources?: ReadonlyMap<string, PythonSource>;
  /** The requirements files of pip, by their path. */
  readonly requirements?: ReadonlyMap<string, Requirements>;
  /** The pyproject.toml files, by their folder. */
  readonly pyprojects?: ReadonlyMap<string, Pyproject>;
  /** uv.lock, poetry.lock and Pipfile.lock, by their path. */
  readonly pythonLocks?: ReadonlyMap<string, PythonLock>;
  /** What .python-version files say, by their folder: `3.13`. */
  readonly pythonVersions?: ReadonlyMap<string, string>;
  /** The packages that package.json, Cargo.lock and requirements.txt name, by the path of the file. */
  readonly packages?: ReadonlyMap<string, ReadonlySet<string>>;
  /** What package.json, Cargo.toml, pom.xml and their like say of what a build writes, by their path. */
  readonly buildFiles?: ReadonlyMap<string, BuildFile>;
  /** The scripts of the shell that an image may start, by their path. */
  readonly startScripts?: ReadonlyMap<string, string>;
  /** The first lines of scripts that an image may start, by their path; a carriage return at the end is part of one. */
  readonly firstLines?: ReadonlyMap<string, string>;
  /** The programs that the same scripts call, by their paths; none for one that may call others too. */
  readonly scriptPrograms?: ReadonlyMap<string, ReadonlySet<string>>;
  /** The package.json files, by their path. */
  readonly nodePackages?: ReadonlyMap<string, PackageJson>;
  /** The lock files of npm, Yarn and pnpm, by their path. */
  readonly nodeLocks?: ReadonlyMap<string, NodeLock>;
  /** The modules that the project compiles for Node, by the path of binding.gyp; whether they link libraries of the system. */
  readonly nodeModules?: ReadonlyMap<string, boolean>;
  /** How Yarn 2 and later lay out packages: `pnp`, `node-modules`, by the path of .yarnrc.yml. */
  readonly yarnLinkers?: ReadonlyMap<string, string>;
  /** The files of JavaScript and TypeScript, tests and what a bundler made aside, by their path; undefined where not all were read. */
  readonly nodeSources?: ReadonlyMap<string, NodeSource>;
  /** What Maven and Gradle compile for, by the path of pom.xml or build.gradle. */
  readonly javaTargets?: ReadonlyMap<string, JavaTarget>;
  /** What sources and packed settings of programs on the JVM show, by their path. */
  readonly javaSources?: ReadonlyMap<string, JavaSource>;
  /** The pom.xml files that could be read, by their path. */
  readonly poms?: ReadonlyMap<string, Pom>;
  /** The stages that compose files, bake files and scripts of the folder ask for. */
  readonly targets: readonly NamedTarget[];
  /** The build arguments that the same files set. */
  readonly buildArgs?: readonly NamedBuildArg[];
  /** The services of compose files that run the image. */
  readonly services?: readonly ComposeService[];
  /** The day of the analysis, YYYY-MM-DD: what is past is told by it. Unknown where nobody has said it. */
  readonly today?: string;
}

const folders = new WeakMap<NonNullable<Project["files"]>, ReadonlySet<string>>();

/** There is a folder of that path below the context; undefined where the context could not be listed. */
export function hasFolder({ files }: Project, path: string): boolean | undefined {
  if (!files) return undefined;
  return path === "" || foldersOf(files).has(path);
}

/** All folders of the context but itself. */
export function foldersOf(files: NonNullable<Project["files"]>): ReadonlySet<string> {
  const known = folders.get(files) ?? readFolders(files);
  folders.set(files, known);
  return known;
}

function readFolders(files: NonNullable<Project["files"]>): ReadonlySet<string> {
  const found = new Set<string>();
  for (const file of files.keys()) {
    for (let at = file.lastIndexOf("/"); at > 0; at = file.lastIndexOf("/", at - 1)) {
      const folder = file.slice(0, at);
      if (found.has(folder)) break;
      found.add(folder);
    }
  }
  return found;
}
