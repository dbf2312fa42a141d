import { nothingKnown } from "../../catalog/amounts";
import type { Size } from "../../catalog/size";
import { lineage } from "../../model/image-config";
import { posix } from "../../model/paths";
import { flagOf } from "../../syntax/instruction";
import type { AppView, Part } from "../app";
import { scriptAt } from "../called-at-start";
import type { RunCommand } from "../toolchain";
import { below, besideSources, isThere, namedFiles, variablesOf } from "./beside";
import { buildOf, companionsOf, isJavaTool } from "./build";
import { archiveSize } from "./size";
import type { JavaUses } from "./sources";
import type { JavaStart } from "./start";

/** The files of a program on the JVM. */
export interface JavaFiles {
  readonly parts: readonly Part[];
  /** The folders of its project. */
  readonly folders: readonly string[];
  /** Why the whole folder comes along, as a sentence; undefined where its files could be told one by one. */
  readonly whole: string | undefined;
  /** Commands that take the sources out of it. */
  readonly prepare: readonly string[];
}

/**
 * What the program consists of: the archive, what its pom says has to be beside it, files that its start, its variables and
 * its sources name, and whatever stands in the folder of the project and is no source. Where that cannot be told, it is the
 * whole folder; a sentence where that is one of the system.
 */
export function filesOf(
  view: AppView,
  start: JavaStart | undefined,
  uses: JavaUses,
  workdir: string,
): JavaFiles | string {
  const build = buildOf(view);
  const folders = [...new Set([workdir, ...(build?.folder === undefined ? [] : [build.folder])])].filter(
    (folder) => !isOfSystem(folder),
  );
  const whole = whyWhole(view, start, build, uses, workdir);
  if (whole === undefined && start && build)
    return { parts: listed(view, start, build, uses, workdir), folders, whole, prepare: [] };
  if (isOfSystem(workdir)) {
    // What was copied among the files of the system comes along by itself.
    if (!build)
      return {
        parts: startedPaths(start, workdir)
          .filter((path) => path !== workdir)
          .map((path) => partOf(view, path)),
        folders,
        whole: undefined,
        prepare: [],
      };
    return `The program starts in ${workdir}, a folder of the system, and which of its files belong to it cannot be told; \`WORKDIR /app\` before the first COPY would.`;
  }
  const outside = startedPaths(start, workdir).filter((path) => below(workdir, path) === undefined);
  const read = build && readSource(view, start, uses, workdir);
  if (read !== undefined)
    return `The program reads ${read} among its own sources, and which of the others it wants cannot be told; in a folder beside src it could come along.`;
  return {
    parts: [workdir, ...outside].map((path) => partOf(view, path)),
    folders,
    whole,
    prepare: build ? [withoutSources(view, build)] : [],
  };
}

/** A file of src that the start or a source of the program names. */
function readSource(view: AppView, start: JavaStart | undefined, uses: JavaUses, workdir: string): string | undefined {
  const words = start ? start.words : startTexts(view);
  const named = [...words, ...variablesOf(view)].flatMap((word) => word.split(/[=:,;\s"']/));
  const given = named.find((word) => below(workdir, posix.join(workdir, word))?.startsWith("src/"));
  if (given !== undefined) return given;
  return [...uses.strings].find((word) => {
    const path = posix.join(workdir, word);
    return below(workdir, path)?.startsWith("src/") && isThere(view, path);
  });
}

/** The starts as they are written, where their words were not read, and the script that starts the program. */
function startTexts(view: AppView): readonly string[] {
  const { argv = [] } = view.start;
  const path = view.contextFile(posix.join(view.workdir ?? "/", argv[scriptAt(argv)] ?? ""));
  const script = path === undefined ? undefined : view.project.startScripts?.get(path);
  const lines = lineage(view.stage).flatMap(({ instructions }) =>
    instructions.flatMap(({ keyword, body }) => (/^(?:CMD|ENTRYPOINT)$/.test(keyword) ? [body] : [])),
  );
  return script === undefined ? lines : [...lines, script];
}

/** Sources are no part of the program: the folder comes along without them. */
function withoutSources({ project: { poms } }: AppView, { program }: RunCommand): string {
  if (program === "javac" || program === "kotlinc") return "rm -f *.java src/*.java";
  const modules = [...(poms?.values() ?? [])].flatMap(({ modules }) => modules);
  const plain = modules.filter((name) => /^[\w.-]+(?:\/[\w.-]+)*$/.test(name) && !name.startsWith("."));
  return `rm -rf ${["src", ...plain.map((name) => `${name}/src`)].join(" ")}`;
}

/** Why the files cannot be told one by one; undefined where they can. */
function whyWhole(
  view: AppView,
  start: JavaStart | undefined,
  build: RunCommand | undefined,
  uses: JavaUses,
  workdir: string,
): string | undefined {
  const all = `all of ${workdir} comes along.`;
  if (!start) return `What the shell starts was not read: ${all}`;
  if (!build) return `No step of the stage builds the program: ${all}`;
  if (!view.project.files) return `The folder was not seen: ${all}`;
  if (uses.writes === "anywhere" || uses.writes.includes(workdir))
    return `The program may write beside its own files: ${all}`;
  if (startedPaths(start, workdir).some((path) => path === workdir))
    return `The program is started from ${workdir} itself: ${all}`;
  const strange = view.commands.find((run) => mayMakeFiles(run));
  if (strange) return `What \`${strange.program ?? strange.programWord.text}\` makes there is not known: ${all}`;
  const foreign = lineage(view.stage)
    .flatMap(({ instructions }) => instructions)
    .find((each) => each.keyword === "ADD" || (each.keyword === "COPY" && flagOf(each, "from")));
  return foreign ? `What ${foreign.keyword} brings from elsewhere is not known: ${all}` : undefined;
}

/** Programs that make no files of the project but what is named otherwise here. */
const HARMLESS = new Set(
  "apt apt-get aptitude apk dnf yum microdnf rm rmdir chmod chown chgrp mkdir cd true : set test [ export ls cat echo printf useradd groupadd adduser addgroup java which id env update-alternatives".split(
    " ",
  ),
);

function mayMakeFiles(run: RunCommand): boolean {
  if (isJavaTool(run)) return false;
  if (run.command.outputs.some(({ file }) => file.text !== "/dev/null")) return true;
  if (run.program === "java") return !run.values.every((value) => /^-{1,2}version$/.test(value ?? ""));
  return !HARMLESS.has(run.program ?? "") && !movesArchive(run);
}

/** `cp target/*.jar app.jar`: it comes along where it is started from. */
export function movesArchive({ program = "", values }: RunCommand): boolean {
  return (
    /^(?:cp|mv|ln)$/.test(program) && values.every((value) => value !== undefined && /^-|\.[jw]ar$|\/$/.test(value))
  );
}

function listed(view: AppView, start: JavaStart, build: RunCommand, uses: JavaUses, workdir: string): readonly Part[] {
  const paths = new Set<string>();
  for (const path of startedPaths(start, workdir))
    for (const each of withCompanions(view, start, build, path, workdir)) paths.add(each);
  for (const path of namedFiles(view, start, uses, workdir)) paths.add(path);
  for (const path of besideSources(view, workdir)) paths.add(path);
  const all = [...paths];
  return all
    .filter((path) => !all.some((other) => other !== path && below(other, path) !== undefined))
    .map((path) => partOf(view, path));
}

function withCompanions(
  view: AppView,
  start: JavaStart,
  build: RunCommand,
  path: string,
  workdir: string,
): readonly string[] {
  if (!/\.[jw]ar$/.test(path)) return [path];
  const beside = companionsOf(view, build, path);
  if (beside.kind === "folders") return [path, ...beside.folders];
  // A class path says itself what is on it.
  if (start.jar === undefined) return [path];
  const folder = posix.dirname(path);
  return beside.kind === "none" || folder === workdir || isOfSystem(folder) ? [path] : [folder];
}

/** The archive, or the entries of the class path; of `lib/*` it is the folder. */
function startedPaths(start: JavaStart | undefined, workdir: string): readonly string[] {
  if (!start) return [];
  const words = start.jar === undefined ? (start.path ?? ["."]) : [start.jar];
  return words.filter((word) => word !== "").map((word) => posix.join(workdir, word.replace(/\/?\*$/, "") || "."));
}

function partOf(view: AppView, path: string): Part {
  return { from: [path], to: path, size: sizeOf(view, path) };
}

function sizeOf(view: AppView, path: string): Size {
  if (isThere(view, path)) return view.bytesOf(path);
  return path.endsWith(".jar") ? archiveSize(view, path) : nothingKnown();
}

const SYSTEM =
  /^\/(?:(?:bin|boot|dev|etc|home|lib\w*|media|mnt|opt|proc|root|run|sbin|srv|sys|tmp|usr|var)|home\/gradle|usr\/(?:bin|sbin|lib|local|share|src)(?:\/(?:bin|lib|share))?|var\/(?:lib|log|cache|tmp|opt|run))?$/;

/** A folder that holds what is no program's own; images of Gradle keep its caches in /home/gradle. */
export function isOfSystem(folder: string): boolean {
  return SYSTEM.test(folder);
}
