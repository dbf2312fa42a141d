import { posix } from "../../model/paths";
import type { PackageJson } from "../../project/package-json";
import type { AppView } from "../app";
import { type PlacedPackage, packageBrought, packageOf, packagesBelow } from "./manifests";
import { isManager, programOf, type ScriptCall, scriptOf } from "./script";

/** How an image starts its program, as far as Node is concerned. */
export interface NodeStart {
  /** The words behind `node`: its options, the file, and the file's own; a sentence where it is not started by node alone. */
  readonly node: readonly string[] | string;
  /** Variables that a script sets for it: `NAME=value`. */
  readonly env: readonly string[];
  /** The first program, by its name or path: `npm`, `node`, `./entrypoint.sh`; undefined where a script of the shell starts it. */
  readonly launcher: string | undefined;
  /** The words of the program that runs in the end, as far as they are known. */
  readonly words: readonly string[];
  /** The folder in which it runs: a package manager goes to that of the package. */
  readonly folder: string;
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

/** How Node starts what the stage ships; undefined where something else is started. */
export function nodeStart(view: AppView): NodeStart | undefined {
  const { argv, why } = view.start;
  const isNodeImage = view.baseName === "node";
  const folder = view.workdir ?? "/";
  if (!argv) return isNodeImage ? { node: why ?? "", env: [], launcher: undefined, words: [], folder } : undefined;
  const [program = "", ...args] = argv;
  const launcher = posix.basename(program);
  if (launcher === "node" || launcher === "nodejs") {
    const node = TOOLS.has(args[0] ?? "")
      ? `${args[0]} is the name of a tool; ./${args[0]} would say that a file is meant.`
      : args;
    return args.length === 0 ? undefined : { node, env: [], launcher: "node", words: argv, folder };
  }
  if (INITS.has(launcher)) return behindInit(view, program, args);
  if (isManager(launcher)) return byManager(view, launcher, args);
  if (TOOLS.has(launcher)) return byTool(launcher, args, folder, packageOf(view, folder)?.json);
  if (!isNodeImage) return undefined;
  const what = /\.(?:sh|bash)$|entrypoint/.test(launcher) ? "a shell script" : "no program of Node's";
  const node = `The image starts ${program}, ${what}; distroless runs node alone.`;
  return { node, env: [], launcher: program.includes("/") ? program : launcher, words: argv, folder };
}

function behindInit(view: AppView, init: string, args: readonly string[]): NodeStart | undefined {
  const from = args.indexOf("--") + 1;
  const behind = from > 0 ? args.slice(from) : args.slice(args.findIndex((word) => !word.startsWith("-")));
  const inner = nodeStart({ ...view, start: { ...view.start, argv: behind } });
  const node = `${posix.basename(init)} starts the program, and distroless has none.`;
  return inner && { ...inner, node, launcher: init };
}

function byManager(view: AppView, launcher: string, args: readonly string[]): NodeStart {
  const shown = `\`${[launcher, ...args].join(" ")}\``;
  const call = scriptOf(launcher, args);
  const place = call && placeOf(view, call);
  const folder = place?.folder ?? view.workdir ?? "/";
  const untold = (node: string): NodeStart => ({ node, env: [], launcher, words: [], folder });
  if (!call) return untold(`What ${shown} starts is not known.`);
  if (!place) return untold(`${shown} starts what package.json says, and that was not seen.`);
  const program =
    call.name === "start" && !place.json.scripts.has("start") && launcher === "npm"
      ? byDefault(view, folder, call.added)
      : programOf(place.json, call.name, call.added);
  if (typeof program === "string") return untold(program);
  const { words, env } = program;
  const [first = "", ...rest] = words;
  if (posix.basename(first) === "node") return { node: rest, env, launcher, words, folder };
  const { node } = byTool(posix.basename(first), rest, folder, place.json);
  return { node: typeof node === "string" ? `${shown} runs ${first}: ${node}` : node, env, launcher, words, folder };
}

/** The package.json whose script is called: that of a package of the repository, or the nearest one. */
export function placeOf(view: AppView, { folder, workspace }: ScriptCall): ReturnType<typeof packageOf> {
  const from = posix.join(view.workdir ?? "/", folder ?? ".");
  const root = packageOf(view, from) ?? broughtTo(view, from);
  if (!root || workspace === undefined) return root;
  return packagesBelow(view, root.folder).find(
    ({ folder, json }) => json.name === workspace || folder === posix.join(root.folder, workspace),
  );
}

/** A package.json that comes from another stage, which a package manager finds where it runs. */
function broughtTo(view: AppView, folder: string): PlacedPackage | undefined {
  const found = packageBrought(view);
  const isHere = view.copies.some(({ sources }) => sources?.some((path) => posix.basename(path) === "package.json"));
  return found && isHere ? { ...found, folder } : undefined;
}

/** `npm start` without a script of that name runs server.js (docs.npmjs.com, npm start). */
function byDefault(view: AppView, folder: string, added: readonly string[]) {
  return view.holds(posix.join(folder, "server.js")) === "there"
    ? { words: ["node", "server.js", ...added], env: [] }
    : "package.json has no script start.";
}

function byTool(name: string, args: readonly string[], folder: string, json: PackageJson | undefined): NodeStart {
  const [tool = "", ...rest] =
    name === "npx" ? args.filter((word) => !/^(?:-y|--yes|--no-install|--no|-q)$/.test(word)) : [name, ...args];
  const file = FILES[tool];
  const words = [tool, ...rest];
  const known = { env: [], launcher: name, words, folder };
  // What package.json does not name, npx fetches at every start.
  const isInstalled = json?.dependencies.has(tool) || json?.devDependencies.has(tool);
  if (Object.hasOwn(DEVELOPS, tool) && DEVELOPS[tool]?.verbs.includes(rest[0] ?? "")) {
    const { builds } = DEVELOPS[tool];
    const shown = [tool, rest[0]].filter(Boolean).join(" ");
    return { ...known, node: `${shown} serves those who edit the sources; what \`${builds}\` makes could ship.` };
  }
  if (file && isInstalled) return { ...known, node: [file, ...rest] };
  return { ...known, node: `Which file ${tool} is, for node to run it by itself, is not known.` };
}

/** What starts a tool for a person who edits the sources ("" for no word at all), and what builds for others (their documentation). */
const DEVELOPS: Readonly<Record<string, { readonly verbs: readonly string[]; readonly builds: string }>> = {
  next: { verbs: ["dev"], builds: "next build" },
  ng: { verbs: ["serve"], builds: "ng build" },
  nuxt: { verbs: ["dev"], builds: "nuxt build" },
  "react-scripts": { verbs: ["start"], builds: "react-scripts build" },
  vite: { verbs: ["", "dev", "serve"], builds: "vite build" },
  "vue-cli-service": { verbs: ["serve"], builds: "vue-cli-service build" },
  webpack: { verbs: ["serve"], builds: "webpack build" },
};
