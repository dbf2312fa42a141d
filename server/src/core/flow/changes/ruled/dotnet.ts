import { posix } from "../../../model/paths";
import type { BuildFile } from "../../../project/build-files/build-file";
import type { RunCommand } from "../../../toolchains/toolchain";
import { within } from "../../files/copies";
import { type Change, placeOf, type Ruler, touches } from "../change";
import { folderVariables } from "../folder-variables";
import type { World } from "../said";
import { buildFilesOf, contextHas, pathsOf, rulingAt } from "./ruling";

const VERBS = /^(?:restore|build|publish)$/;
const PROJECT = /\.(?:cs|fs|vb)proj$/;
const SOLUTION = /\.slnx?$/;
/** Settings for all projects below them. */
const SETTINGS = /(?:^|\/)Directory\.(?:Build|Packages)\.(?:props|targets)$/;
/** Settings that are not read, and steps of their own. */
const STEPS =
  /(?:^|\/)(?!Directory\.(?:Build|Packages)\.(?:props|targets)$)(?:Directory\.[\w.]+|[\w.-]+\.(?:targets|props|rsp|esproj|proj|pubxml))$/i;
const WITH_VALUE = /^(?:-c|--configuration|-r|--runtime|-f|--framework|-v|--verbosity|-a|--arch|--os|--source|-s)$/;
const OUTPUT = /^(?:-o|--output)$/;
/** Folders are named with -p:…Dir=, …Path=, and --artifacts-path. */
const ELSEWHERE = /^(?:[-/]{1,2}(?:p|property):.*(?:Dir|Path|Folder|Target)|--artifacts-path|--packages|@)/i;

/** A build of projects without steps of their own writes to their bin and obj, to wwwroot, and to the folder that -o names. */
export const dotnet: Ruler = (world, run) => {
  const { folder } = run;
  const call = callOf(run);
  const settings = buildFilesOf(world, SETTINGS);
  if (folder === undefined || !call || !settings || contextHas(world, STEPS)) return undefined;
  const projects = projectsOf(world, folder, call.named);
  const files = projects && [...projects, ...settings];
  if (!files?.every(({ keeps }) => keeps)) return undefined;
  const names = files.some((each) => each.names === undefined) ? undefined : files.flatMap((each) => each.names ?? []);
  const others: readonly Change[] = [...touches(...folderVariables(run)), { kind: "caches" }];
  return (path) => {
    const made = OWN.test(path) || call.outputs.some((output) => mayBeIn(output, path, names));
    return made ? [...touches(path), ...others] : others;
  };
};

/** What a build makes in each project. */
const OWN = /\/(?:bin|obj|wwwroot|Properties|packages\.lock\.json)(?:\/|$)/;

function mayBeIn(output: string, path: string, names: readonly string[] | undefined): boolean {
  const below = within(output, path);
  return below === undefined ? within(path, output) !== undefined : mayPublish(below, names);
}

/** Folders of libraries by system and language, of a web root, of symbols; and what a program that carries its runtime has. */
const USUAL =
  /^(?:[a-z]{2,3}(?:-[\w-]+)?|runtimes|refs?|wwwroot|publish|bin|obj|createdump|BuildHost-\w+|Properties|Views|Pages|Resources)$/;

/** Of names without an ending the programs alone are known: in what is published all else has one. */
function mayPublish(below: string, names: readonly string[] | undefined): boolean {
  if (!names || below === "" || /[./]/.test(below)) return true;
  return names.includes(below) || USUAL.test(below);
}

/** The projects that are built; undefined where one is not known. A solution may build any. */
function projectsOf(world: World, folder: string, named: readonly string[]): readonly BuildFile[] | undefined {
  const found = placesOf(world, folder, named, PROJECT).flatMap((path) => rulingAt(world, path)?.file ?? []);
  const solutions = placesOf(world, folder, named, SOLUTION).some((path) => world.before(path).kind !== "absent");
  if (found.length === 0 && !solutions) return undefined;
  const alone = found.every(({ parts }) => parts.length === 0) && !solutions;
  return alone ? found : buildFilesOf(world, PROJECT);
}

/** Where a file of that kind may stand: what is named, or one of the folder. */
function placesOf(
  { context: { project } }: World,
  folder: string,
  named: readonly string[],
  kind: RegExp,
): readonly string[] {
  if (named.some((name) => PROJECT.test(name) || SOLUTION.test(name)))
    return named.filter((name) => kind.test(name)).map((name) => posix.join(folder, name));
  const below = named.length > 0 ? named : ["."];
  const names = new Set((pathsOf(project.files, kind) ?? []).map((path) => posix.basename(path)));
  return below.flatMap((each) => [...names].map((name) => posix.join(folder, posix.join(each, name))));
}

interface Call {
  readonly named: readonly string[];
  readonly outputs: readonly string[];
}

/** Undefined where it is no build, or a word may name another folder. */
function callOf({ args, folder }: RunCommand): Call | undefined {
  const [verb, ...rest] = args;
  if (!VERBS.test(verb?.value ?? "")) return undefined;
  const named: string[] = [];
  const outputs: string[] = [];
  for (let at = 0; at < rest.length; at++) {
    const text = rest[at]?.value ?? rest[at]?.word.text ?? "$";
    if (ELSEWHERE.test(text) || /^["']?\$/.test(text)) return undefined;
    if (OUTPUT.test(text) || /^(?:-o|--output)[=:]/.test(text)) {
      const next = OUTPUT.test(text) ? rest[++at] : undefined;
      const place = next && placeOf(next.value, next.word.text, folder);
      if (!place) return undefined;
      outputs.push(place.path);
    } else if (WITH_VALUE.test(text)) at++;
    else if (!/^[-/]|^(?:true|false)$/.test(text)) named.push(text);
  }
  return { named, outputs };
}
