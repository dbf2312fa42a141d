import { posix } from "../model/paths";
import type { Project } from "../project/project";
import type { App, AppToolchain, AppView } from "./app";
import { isForGyp } from "./node/gyp";
import { type Layout, layoutOf } from "./node/layout";
import { NO_PACKAGES, type PackageNeeds, packageNeeds } from "./node/packages";
import { pruning } from "./node/prune";
import { isManager } from "./node/script";
import { packagesUsed } from "./node/slim";
import { shownBy } from "./node/sources";
import { type NodeStart, nodeStart } from "./node/start";
import { type NodeProgram, waysOf } from "./node/ways";
import type { RunCommand } from "./toolchain";

/**
 * Node: programs that `node` starts, by itself or by a script of package.json. The folder of the project ships as it is
 * when all is built, without the packages that only development needs (`node/prune.ts`): on distroless of the same major
 * version where node alone can run it, on a slim image where a shell or a package manager is wanted (`node/ways.ts`).
 */
export const node: AppToolchain = { id: "node", title: "Node", app };

function app(view: AppView): App | string | undefined {
  if (/^(?:gcr\.io\/distroless|cgr\.dev)\//.test(view.baseName ?? "")) return undefined;
  const start = nodeStart(view);
  if (!start) return undefined;
  if (view.baseName !== "node")
    return "Node comes from another image than that of Node itself, so that its version is not known; FROM node:24 would say it.";
  if (Array.isArray(start.node) && start.node.includes("--test"))
    return "The image runs tests (`node --test`), which no other image is to ship.";
  const file = fileOf(start);
  if (file !== undefined && view.holds(file) === "absent" && isWhole(file))
    return `Nothing makes ${file}, which the image starts; that comes first.`;
  const layout = layoutOf(view, start.folder, file);
  if (typeof layout === "string") return layout;
  const stop = unmovable(view, layout);
  if (stop) return stop;
  const settings = start.words[0] === "next" ? "next.config." : undefined;
  const shown = shownBy(view, layout.root, { file, settings, brought: layout.sources });
  const program: NodeProgram = {
    view,
    start,
    layout,
    shown,
    needs: withOwnModules(layout.hasModules ? packageNeeds(layout.json, layout.lock) : NO_PACKAGES, view.project),
    pruning: pruning(view, layout, shown, start.words),
  };
  const { ships } = program.pruning;
  return {
    build: buildOf(view, layout.root),
    weight: `The package managers${ships ? ", the packages for development" : ""} and the build tools of the image ship with the program`,
    folders: layout.moved === undefined ? [layout.root] : [layout.root, layout.moved],
    covered: CACHES,
    accounted: layout.accounted,
    isOwnPackage: (name) => isForGyp(program, name),
    get uses() {
      return packagesUsed(program);
    },
    readsCertificateFiles: true,
    isBuildVariable: (name) => BUILD_VARIABLES.test(name) || (start.launcher === "node" && /^npm_config_/i.test(name)),
    ways: waysOf(program),
  };
}

/** Modules in C++ of the project itself are compiled, too. */
function withOwnModules(needs: PackageNeeds, { nodeModules }: Project): PackageNeeds {
  if (!nodeModules?.size) return needs;
  const linking = [...nodeModules].find(([, links]) => links);
  const wants = linking && { why: `${linking[0]} links libraries of the system`, debian: undefined };
  return { ...needs, isNative: true, wants: wants ? { ...wants, fetched: needs.wants?.fetched } : needs.wants };
}

/** Packages that lie where no COPY of the project brings them along. */
function unmovable(view: AppView, { root, isArchived }: Layout): string | undefined {
  if (isArchived)
    return "Yarn keeps the packages in archives, some outside the project; with nodeLinker: node-modules in .yarnrc.yml it could move.";
  const elsewhere = view
    .env("NODE_PATH")
    ?.split(":")
    .find((path) => path.startsWith("/") && path !== root && !path.startsWith(`${root}/`));
  return (
    elsewhere &&
    `NODE_PATH names packages outside the project (${elsewhere}); among the dependencies of package.json they could move.`
  );
}

/** What package managers keep for themselves, as root and as the user node. */
const CACHES = [
  "/root/.npm",
  "/root/.cache",
  "/root/.yarn",
  "/root/.local/share/pnpm",
  "/root/.node-gyp",
  "/home/node/.npm",
  "/home/node/.cache",
  "/usr/local/share/.cache",
];
/** Variables of installers and compilers, which no program reads. */
const BUILD_VARIABLES =
  /^(?:COREPACK_\w+|YARN_\w+|PNPM_HOME|CYPRESS_\w+|HUSKY\w*|PUPPETEER_SKIP_\w+|ELECTRON_\w+|GENERATE_SOURCEMAP|DISABLE_ESLINT_PLUGIN|TSC_\w+)$/;

/** The file that Node starts, absolute. */
function fileOf({ node, folder }: NodeStart): string | undefined {
  if (typeof node === "string") return undefined;
  const at = node.findIndex((word, at) => !word.startsWith("-") && !WITH_VALUE.test(node[at - 1] ?? ""));
  const inline = node.some((word) => /^(?:-[pe]|--eval|--print|-pe)$/.test(word));
  return at < 0 || inline ? undefined : posix.join(folder, node[at] as string);
}

/** Options of node whose value is the next word (nodejs.org/api/cli.html). */
const WITH_VALUE = /^(?:-r|--require|--import|--loader|--experimental-loader|-C|--conditions|--env-file|--title)$/;

/** Of other names Node tries endings, and index.js in a folder. */
function isWhole(file: string): boolean {
  return /\.[cm]?[jt]s$/.test(file);
}

/** The last command that compiles or packs the program. */
function buildOf({ commands }: AppView, root: string): RunCommand | undefined {
  return commands.findLast(
    (run) => run.folder !== undefined && (run.folder === root || run.folder.startsWith(`${root}/`)) && isBuild(run),
  );
}

const COMPILERS = /^(?:tsc|swc|babel|esbuild|rollup|webpack|vite|vue-tsc|next|nuxt|nest|ng|react-scripts)$/;

function isBuild({ program = "", values }: RunCommand): boolean {
  const words = values.filter((value) => !value?.startsWith("-"));
  if (program === "npx") return COMPILERS.test(words[0] ?? "");
  if (!isManager(program)) return COMPILERS.test(program);
  const name =
    words[0] === "run" || words[0] === "run-script" || words[0] === "exec"
      ? words[1]
      : program === "npm"
        ? undefined
        : words[0];
  return /^(?:build|compile|bundle|prod|tsc|webpack)(?:[:.-]|$)/.test(name ?? "");
}
