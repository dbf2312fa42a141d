import { posix } from "../../model/paths";
import type { CMakeLists } from "../../project/cmake";
import { known, unknown } from "../../text/fact";
import type { Build, RunCommand, StageView, Toolchain } from "../toolchain";
import { readCompiler } from "./arguments";

/** Images that C is compiled on, and not beside the program of another language. */
const BASES = new Set("gcc buildpack-deps debian ubuntu alpine fedora rockylinux almalinux amazonlinux".split(" "));
/** A stage with more builds is not looked at beyond these. */
const MAX_BUILDS = 50;

/** The commands of a stage that link programs of C and C++, and those of make and CMake that may. */
export function cBuilds(view: StageView, toolchain: Toolchain): readonly Build[] {
  if (view.baseName !== undefined && !BASES.has(view.baseName)) return [];
  const linked = view.commands.filter((run) => readCompiler(run)?.makes === "program").slice(0, MAX_BUILDS);
  const builds = linked.map((run): Build => {
    const output = readCompiler(run)?.output;
    return {
      toolchain,
      run,
      span: spanOf(run),
      artifacts: output === undefined ? unknown("the folder it is built in is not known") : known([output]),
      isTool: false,
    };
  });
  if (builds.length > 0) return builds;
  const tool = view.commands.findLast((run) => usesTool(run, view));
  if (!tool) return [];
  const artifacts = unknown(`which programs \`${tool.program}\` makes is not known`);
  return [
    {
      toolchain,
      run: tool,
      span: spanOf(tool),
      artifacts,
      isTool: false,
      mayMake: (path) => mayMake(path, tool, view),
    },
  ];
}

function spanOf({ programWord, args }: RunCommand): Build["span"] {
  return { start: programWord.span.start, end: args.at(-1)?.word.span.end ?? programWord.span.end };
}

/** make and ninja build anything: what is in the folder, or the base, says that it is C. */
function usesTool({ program, values }: RunCommand, { project, baseName }: StageView): boolean {
  const isC = project.files ? (project.cSources?.size ?? 0) > 0 && project.goSources.size === 0 : baseName === "gcc";
  if (program === "cmake") return isC && values.some((value) => value === "--build" || value === "--install");
  return (program === "make" || program === "ninja") && isC;
}

/** The program may stand where the tool builds, or where it installs. */
function mayMake(path: string, run: RunCommand, view: StageView): boolean {
  const name = posix.basename(path);
  const from = view.origin(path);
  if (name.includes(".") || (from.kind === "context" && view.project.files?.has(from.path) !== false)) return false;
  const lists = cmakeOf(run, view);
  if (lists && !lists.some(({ programs }) => programs.includes(name))) return false;
  const installs = view.commands.some(
    ({ program, values }) =>
      /^(?:make|ninja|cmake)$/.test(program ?? "") && values.some((value) => /^(?:--)?install$/.test(value ?? "")),
  );
  const folders = [
    ...toolFolders(view),
    ...(installs ? prefixes(view).map((prefix) => posix.join(prefix, "bin")) : []),
  ];
  return folders.some((folder) => path.startsWith(`${folder}/`));
}

/** The folders that make, ninja and CMake build in. */
function toolFolders({ commands }: StageView): readonly string[] {
  return commands.flatMap(({ program, values, folder }) => {
    if (folder === undefined || !/^(?:make|ninja|cmake)$/.test(program ?? "")) return [];
    const named = values.flatMap((value, at) =>
      /^(?:-B|--build|-C|-S)$/.test(value ?? "") ? (values[at + 1] ?? []) : [],
    );
    return [folder, ...named.map((each) => posix.join(folder, each))].filter((each) => each !== "/");
  });
}

/** Where CMake and make install to (GNU Coding Standards, Directory Variables; CMAKE_INSTALL_PREFIX). */
function prefixes({ commands }: StageView): readonly string[] {
  const named = commands.flatMap(({ values }) =>
    values.flatMap((value, at) => {
      const given = /^(?:-DCMAKE_INSTALL_PREFIX(?::\w+)?=|--prefix=|PREFIX=|prefix=|DESTDIR=)(.+)$/.exec(
        value ?? "",
      )?.[1];
      return given ?? (value === "--prefix" ? (values[at + 1] ?? []) : []);
    }),
  );
  return named.length > 0 ? named : ["/usr/local"];
}

/** The CMakeLists.txt that a build follows, with those of the folders that they add; undefined where CMake has no part in it, or they were not seen. */
export function cmakeOf(run: RunCommand, view: StageView): readonly CMakeLists[] | undefined {
  const { cmakeLists } = view.project;
  if (!cmakeLists?.size || !view.commands.some(({ program }) => program === "cmake")) return undefined;
  const configure = view.commands.find(({ program, values }) => program === "cmake" && !values.includes("--build"));
  const folder = configure?.folder;
  if (folder === undefined) return undefined;
  const source =
    configure?.values.findLast(
      (value, at, all) => value !== undefined && !value.startsWith("-") && !/^-[BG]$/.test(all[at - 1] ?? ""),
    ) ?? ".";
  const origin = view.origin(posix.join(posix.join(folder, source), "CMakeLists.txt"), run);
  if (origin.kind !== "context") return undefined;
  const found: CMakeLists[] = [];
  const open = [posix.dirname(`/${origin.path}`)];
  for (let at = open.pop(); at !== undefined && found.length < MAX_BUILDS; at = open.pop()) {
    const list = cmakeLists.get(posix.join(at, "CMakeLists.txt").slice(1));
    if (!list) continue;
    found.push(list);
    for (const each of list.folders) open.push(posix.join(at, each));
  }
  return found.length > 0 ? found : undefined;
}
