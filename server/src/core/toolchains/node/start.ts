import { posix } from "../../model/paths";
import type { PackageJson } from "../../project/package-json";
import type { AppView } from "../app";
import { isManager, programOf, scriptOf } from "./script";

/** How an image starts its program, as far as Node is concerned. */
export interface NodeStart {
  /** The words behind `node`: its options, the file, and the file's own; a sentence where it is not started by node alone. */
  readonly node: readonly string[] | string;
  /** Variables that a script sets for it: `NAME=value`. */
  readonly env: readonly string[];
  /** The name of the first program: `npm`, `node`, `entrypoint.sh`; undefined where a script of the shell starts it. */
  readonly launcher: string | undefined;
  /** The words of the program that runs in the end, as far as they are known. */
  readonly words: readonly string[];
}

/** Tools of packages that start programs; others may be Node's too, but do not show it. */
const TOOLS = new Set(
  "npx pnpx bunx ts-node ts-node-dev tsx nodemon pm2 pm2-runtime pm2-docker forever next nuxt nest serve http-server vite ng react-scripts vue-cli-service webpack strapi medusa remix-serve gatsby sails moleculer-runner".split(
    " ",
  ),
);
const INITS = new Set(["tini", "dumb-init", "catatonit"]);

/** The files that the tools of packages are: node runs them by itself. As the packages' own `bin` says. */
const FILES: Readonly<Record<string, string>> = {
  next: "node_modules/next/dist/bin/next",
  serve: "node_modules/serve/build/main.js",
  "http-server": "node_modules/http-server/bin/http-server",
};

/** How Node starts what the stage ships; undefined where something else is started. `json` is the package.json that rules there. */
export function nodeStart(view: AppView, json: PackageJson | undefined): NodeStart | undefined {
  const { argv, why } = view.start;
  const isNodeImage = view.baseName === "node";
  if (!argv) return isNodeImage ? { node: why ?? "", env: [], launcher: undefined, words: [] } : undefined;
  const [program = "", ...args] = argv;
  const launcher = posix.basename(program);
  if (launcher === "node" || launcher === "nodejs")
    return args.length === 0 ? undefined : { node: args, env: [], launcher: "node", words: argv };
  if (INITS.has(launcher)) return behindInit(view, json, launcher, args);
  if (isManager(launcher)) return byManager(view, json, launcher, args);
  if (TOOLS.has(launcher)) return byTool(launcher, args, json);
  if (!isNodeImage) return undefined;
  const what = /\.(?:sh|bash)$|entrypoint/.test(launcher) ? "a shell script" : "no program of Node's";
  return { node: `The image starts ${program}, ${what}; distroless runs node alone.`, env: [], launcher, words: argv };
}

function behindInit(
  view: AppView,
  json: PackageJson | undefined,
  init: string,
  args: readonly string[],
): NodeStart | undefined {
  const from = args.indexOf("--") + 1;
  const behind = from > 0 ? args.slice(from) : args.slice(args.findIndex((word) => !word.startsWith("-")));
  const inner = nodeStart({ ...view, start: { ...view.start, argv: behind } }, json);
  return inner && { ...inner, node: `${init} starts the program, and distroless has none.`, launcher: init };
}

function byManager(view: AppView, json: PackageJson | undefined, launcher: string, args: readonly string[]): NodeStart {
  const shown = `\`${[launcher, ...args].join(" ")}\``;
  const start = (node: NodeStart["node"], words: readonly string[] = [], env: readonly string[] = []): NodeStart => ({
    node,
    env,
    launcher,
    words,
  });
  const script = scriptOf(launcher, args);
  if (!script) return start(`What ${shown} starts is not known.`);
  if (!json) return start(`${shown} starts what package.json says, and that was not seen.`);
  const program =
    script.name === "start" && !json.scripts.has("start") && launcher === "npm" && view.workdir !== undefined
      ? byDefault(view, script.added)
      : programOf(json, script.name, script.added);
  if (typeof program === "string") return start(program);
  const [first = "", ...rest] = program.words;
  if (posix.basename(first) === "node") return start(rest, program.words, program.env);
  const tool = byTool(posix.basename(first), rest, json);
  return {
    ...tool,
    node: typeof tool.node === "string" ? `${shown} runs a tool: ${tool.node}` : tool.node,
    env: program.env,
    launcher,
    words: program.words,
  };
}

/** `npm start` without a script of that name runs server.js (docs.npmjs.com, npm start). */
function byDefault(view: AppView, added: readonly string[]) {
  return view.holds(posix.join(view.workdir ?? "/", "server.js")) === "there"
    ? { words: ["node", "server.js", ...added], env: [] }
    : "package.json has no script start.";
}

function byTool(name: string, args: readonly string[], json: PackageJson | undefined): NodeStart {
  const [tool = "", ...rest] =
    name === "npx" ? args.filter((word) => !/^(?:-y|--yes|--no-install|--no|-q)$/.test(word)) : [name, ...args];
  const file = FILES[tool];
  const words = [tool, ...rest];
  const known = { env: [], launcher: name, words };
  // What package.json does not name, npx fetches at every start.
  const isInstalled = json?.dependencies.has(tool) || json?.devDependencies.has(tool);
  if (file && isInstalled && DEVELOPS[tool] !== rest[0]) return { ...known, node: [file, ...rest] };
  return { ...known, node: `Which file ${tool} is, for node to run it by itself, is not known.` };
}

/** What starts a tool for a person who edits the sources. */
const DEVELOPS: Readonly<Record<string, string>> = { next: "dev" };
