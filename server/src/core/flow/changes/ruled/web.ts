import { posix } from "../../../model/paths";
import type { World } from "../said";
import { type Ruling, rulingAt } from "./ruling";

/** The paths that a tool of the web writes to, as a script calls it; undefined where that cannot be told. */
export function writtenBy(world: World, folder: string, call: string): readonly string[] | undefined {
  const [program = "", ...words] = call.trim().split(/\s+/);
  const at = (...names: readonly string[]) => names.map((name) => posix.join(folder, name));
  switch (program) {
    case "tsc":
    case "vue-tsc":
      return typescript(world, folder, words);
    case "vite":
      return words[0] === "build" && isPlain(words.slice(1)) ? vite(world, folder) : undefined;
    case "nest":
      return words.length === 1 && words[0] === "build" ? nest(world, folder) : undefined;
    case "vue-cli-service":
      return words[0] === "build" && isPlain(words.slice(1)) && isBareVue(world, folder)
        ? at("dist", "node_modules/.cache")
        : undefined;
    case "rimraf":
      return words.every((word) => /^[\w.][\w./-]*$/.test(word)) ? at(...words) : undefined;
    case "rm":
      return words[0] === "-rf" && words.slice(1).every((word) => /^[\w.][\w./-]*$/.test(word))
        ? at(...words.slice(1))
        : undefined;
    default:
      return undefined;
  }
}

/** `--mode production` says which variables are set. */
function isPlain(words: readonly string[]): boolean {
  return /^(?:--mode [\w-]+)?$/.test(words.join(" "));
}

const ENDINGS = ["js", "ts", "mjs", "mts", "cjs", "cts"];

/** None of the settings stands in the folder, under any ending. */
function isAbsent({ before }: World, folder: string, names: readonly string[]): boolean {
  return names.every((name) =>
    ENDINGS.every((ending) => before(posix.join(folder, `${name}.${ending}`)).kind === "absent"),
  );
}

/** No settings, and no plugins of others, which are taken in by their names alone (cli.vuejs.org, Plugins and Presets). */
function isBareVue(world: World, folder: string): boolean {
  const manifest = rulingAt(world, posix.join(folder, "package.json"))?.file;
  const plugs = [...(manifest?.needs ?? ["vue-cli-plugin"])].some((name) => /vue-cli-plugin/.test(name));
  return !plugs && manifest?.keys?.has("vue") === false && isAbsent(world, folder, ["vue.config"]);
}

function vite(world: World, folder: string): readonly string[] | undefined {
  const caches = posix.join(folder, "node_modules/.vite");
  const found = ENDINGS.flatMap((ending) => rulingAt(world, posix.join(folder, `vite.config.${ending}`)) ?? []);
  if (found.length === 0)
    return isAbsent(world, folder, ["vite.config"]) ? [posix.join(folder, "dist"), caches] : undefined;
  const { keeps, names } = (found[0] as Ruling).file;
  return keeps && names ? [...names.map((name) => posix.join(folder, name)), caches] : undefined;
}

/** nest builds by tsconfig.build.json where there is one. */
function nest(world: World, folder: string): readonly string[] | undefined {
  const settings = posix.join(folder, "nest-cli.json");
  const known = world.before(settings).kind === "absent" || rulingAt(world, settings)?.file.keeps === true;
  const built = posix.join(folder, "tsconfig.build.json");
  const file = world.before(built).kind === "absent" ? posix.join(folder, "tsconfig.json") : built;
  return known ? outputsOf(world, file, 0) : undefined;
}

function typescript(world: World, folder: string, words: readonly string[]): readonly string[] | undefined {
  const rest = words.join(" ").replace(/^(?:-b|--build|--noEmit)$/, "");
  const file = rest === "" ? "tsconfig.json" : /^(?:-p|-b|--project|--build) ([\w./-]+\.json)$/.exec(rest)?.[1];
  return file === undefined ? undefined : outputsOf(world, posix.join(folder, file), 0);
}

const MAX_DEPTH = 8;

/** What the settings of tsc and those that they take over from name; undefined where one is not known, or none names a folder. */
function outputsOf(world: World, path: string, depth: number): readonly string[] | undefined {
  const file = rulingAt(world, path)?.file;
  if (!file?.keeps || depth > MAX_DEPTH) return undefined;
  const folder = posix.dirname(path);
  const parts = file.parts
    .filter((part) => !part.startsWith("@tsconfig/"))
    .map((part) =>
      /^\.{1,2}\//.test(part) ? outputsOf(world, posix.join(folder, withEnding(part)), depth + 1) : undefined,
    );
  const others = parts.every((each) => each !== undefined) ? parts.flat() : undefined;
  if (!others || (!file.names && others.length === 0)) return undefined;
  const info = posix.join(folder, posix.basename(path).replace(/\.json$/, ".tsbuildinfo"));
  return [...(file.names ?? []).map((name) => posix.join(folder, name)), info, ...others];
}

function withEnding(path: string): string {
  return path.endsWith(".json")
    ? path
    : /\/tsconfig[\w.-]*$/.test(path)
      ? `${path}.json`
      : posix.join(path, "tsconfig.json");
}
