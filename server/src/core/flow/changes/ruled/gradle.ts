import { posix } from "../../../model/paths";
import type { RunCommand } from "../../../toolchains/toolchain";
import { within } from "../../files/copies";
import { type Change, type Ruler, touches } from "../change";
import { folderVariables } from "../folder-variables";
import type { World } from "../said";
import { buildFilesOf, contextHas, rulingAt } from "./ruling";

const TASKS =
  /^(?::?[\w-]+:)*(?:clean|build|assemble|jar|war|bootJar|bootWar|shadowJar|installDist|installShadowDist|distZip|distTar|classes|dependencies|check|test)$/;
const OPTIONS =
  /^(?:--(?:no-daemon|daemon|stacktrace|full-stacktrace|info|debug|quiet|warn|parallel|no-parallel|build-cache|no-build-cache|offline|refresh-dependencies|console=\w+|warning-mode=\w+|no-watch-fs|continue|rerun-tasks)|-[qisSdw]|-Dorg\.gradle\.(?!projectcachedir)[\w.]+=.*)$/;
const SCRIPTS = /(?:^|\/)(?:(?:build|settings)\.gradle(?:\.kts)?|gradle\.properties)$/;
/** Code and settings that are not read: what is applied, and what Gradle runs by itself (docs.gradle.org, Initialization Scripts). */
const OTHERS = /(?:^|\/)(?:buildSrc|build-logic)\/|(?:^|\/)(?!(?:build|settings)\.)[^/]*\.gradle(?:\.kts)?$/;
const BESIDE = ["settings.gradle", "settings.gradle.kts", "gradle.properties"];
const TESTS = /(?:^|\/)src\/test\//;
/** What a project has of its own making. */
const OWN = /^(?:build|bin|\.gradle|\.kotlin|gradle|gradlew|gradlew\.bat)$/;

/** A build by scripts of known plugins writes to the folder `build` of each project; what it packs is named for the project. */
export const gradle: Ruler = (world, run) => {
  const { folder } = run;
  const found = ["build.gradle", "build.gradle.kts"].map((name) => folder && rulingAt(world, posix.join(folder, name)));
  const ruling = found.find((each) => each !== undefined && each !== "");
  if (folder === undefined || !ruling || contextHas(world, OTHERS) || !isPlain(world, run)) return undefined;
  if (BESIDE.some((name) => isMade(world, posix.join(folder, name)))) return undefined;
  // A build is that of a folder above, too, where its settings name this one.
  const files = buildFilesOf(world, SCRIPTS);
  if (!files?.every(({ keeps }) => keeps)) return undefined;
  const given = files.some(({ names }) => names === undefined) ? undefined : files.flatMap(({ names }) => names ?? []);
  const names = given && [...given, posix.basename(folder), ...files.flatMap(({ parts }) => parts)];
  const others: readonly Change[] = [...touches(...folderVariables(run)), { kind: "caches" }];
  return (path) => {
    const below = within(folder, path);
    const made = below === undefined ? within(path, folder) !== undefined : mayMake(below, names);
    return made ? [...touches(path), ...others] : others;
  };
};

/** A step of the stage may have written it, or changed it. */
function isMade(world: World, path: string): boolean {
  return world.before(path).kind !== "absent" && !rulingAt(world, path);
}

/** Known tasks, and no tests: those are programs of the project. */
function isPlain(world: World, { args }: RunCommand): boolean {
  const words = args.map(({ value }) => value ?? "$");
  const left = words.filter((word, at) => word !== "-x" && words[at - 1] !== "-x");
  const known = left.every((word) => TASKS.test(word) || OPTIONS.test(word));
  const tests =
    left.some((word) => /(?:^|:)(?:build|check|test)$/.test(word)) &&
    !words.includes("test", words.indexOf("-x") + 1 || words.length);
  return known && left.some((word) => TASKS.test(word)) && !(tests && contextHas(world, TESTS));
}

/** Of what is packed in libs and distributions the names are known; what else stands in `build` is not told. */
function mayMake(below: string, names: readonly string[] | undefined): boolean {
  const parts = below.split("/");
  const at = parts.findIndex((part) => OWN.test(part));
  if (at < 0) return below === "";
  const [kind = "", file, ...deeper] = parts.slice(at + 1);
  if (parts[at] !== "build" || !/^(?:libs|distributions)$/.test(kind) || !file || deeper.length > 0 || !names)
    return true;
  return names.some(
    (name) => file.startsWith(name) && /^(?:-[\w.+-]*)?\.(?:jar|war|ear|zip|tar|tgz)$/.test(file.slice(name.length)),
  );
}
