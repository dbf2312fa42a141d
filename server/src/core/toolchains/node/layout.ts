import { posix } from "../../model/paths";
import type { NodeLock } from "../../project/node-lock";
import type { PackageJson } from "../../project/package-json";
import type { AppView } from "../app";
import type { RunCommand } from "../toolchain";
import { type Install, installOf } from "./installs";
import { lockOf, packageBrought, packageOf, withWorkspaces, yarnLinker } from "./manifests";

/** Where a program of Node lies in its stage. */
export interface Layout {
  /** The folder of the project: absolute, none of the system's. */
  readonly root: string;
  /** A node_modules that was moved to a folder above the project. */
  readonly moved: string | undefined;
  /** The folder whose packages the program uses. */
  readonly home: string;
  readonly json: PackageJson | undefined;
  readonly lock: NodeLock | undefined;
  /** The folder of the context that has the sources of what other stages bring; undefined where none does. */
  readonly sources: string | undefined;
  /** Yarn from version 2 on is asked for; `isArchived` where it keeps packages in archives and makes no node_modules. */
  readonly isBerry: boolean;
  readonly isArchived: boolean;
  /** The stage has packages: it installs them, or takes them from another one. */
  readonly hasModules: boolean;
  /** What fills the node_modules of `home`, in the order in which it runs. */
  readonly installs: readonly Install[];
  /** Tools that are installed for all of the machine. */
  readonly tools: readonly Install[];
  /** The commands that work in the project, or on what tools keep for themselves. */
  readonly accounted: ReadonlySet<RunCommand>;
}

/** Folders that hold more than a project, or what tools keep. */
const SYSTEM = new Set(
  "/ /bin /boot /dev /etc /home /lib /lib64 /media /mnt /opt /proc /root /run /sbin /srv /sys /tmp /usr /usr/bin /usr/lib /usr/local /usr/local/bin /usr/local/lib /usr/sbin /usr/share /usr/src /var /var/cache /var/lib /var/tmp /var/www".split(
    " ",
  ),
);
/** Empty in the images of Node, so that what stands there is the project's. */
const BARE = new Set(["/opt", "/srv", "/usr/src", "/var/www", "/mnt", "/media"]);

/** Where the program lies; a sentence where that is among the system's own files. `file` is what Node starts, if that is known. */
export function layoutOf(view: AppView, workdir: string, file: string | undefined): Layout | string {
  const { commands } = view;
  const all = commands.flatMap((run) => installOf(run) ?? []);
  const local = all.filter(({ isGlobal }) => !isGlobal);
  const place = file === undefined || isBelow(file, workdir) ? workdir : posix.dirname(file);
  const start = SYSTEM.has(place) && !BARE.has(place) && file !== undefined ? posix.dirname(file) : place;
  const root = local.reduce(
    (low, { folder }) => (folder === undefined || isSystem(folder) ? low : (around(low, folder) ?? low)),
    start,
  );
  if (isSystem(root))
    return `The program lies in ${root}, among what is not its own; in a folder of its own (WORKDIR /app) it could be moved.`;
  const from = file !== undefined && isBelow(file, root) ? posix.dirname(file) : start;
  const home = homeOf(from, root, local);
  const own = packageOf(view, home);
  const brought = own ? undefined : packageBrought(view);
  const json = withWorkspaces(view, own) ?? brought?.json;
  const linker = yarnLinker(view, home);
  const isBerry = linker !== undefined || /^yarn@(?!1\.|0\.)/.test(json?.packageManager ?? "");
  const moving = commands.find((run) => movesModules(run, home));
  return {
    root,
    moved: moving && movedTo(moving),
    home,
    json,
    isBerry,
    isArchived: isBerry && (linker ?? "pnp") === "pnp",
    lock: lockOf(view, home, brought),
    sources: brought && posix.dirname(`/${brought.path}`).slice(1),
    hasModules: local.length > 0 || !brought || bringsModules(view, brought.folder),
    installs: local.filter(({ folder }) => folder === home),
    tools: all.filter(({ isGlobal }) => isGlobal),
    accounted: new Set(commands.filter((run) => run === moving || worksIn(run, root))),
  };
}

/** A COPY from another stage takes node_modules, or a folder that has one; what is hidden may. */
function bringsModules({ copies }: AppView, folder: string): boolean {
  return copies.some(
    ({ sources }) => sources?.some((path) => path.includes("node_modules") || isBelow(folder, path)) ?? true,
  );
}

/** The folder that has both, where that is none of the system's: /app for /app/server and /app/client. */
function around(one: string, other: string): string | undefined {
  if (isBelow(one, other)) return other;
  let folder = one;
  while (!isBelow(other, folder)) folder = posix.dirname(folder);
  return folder === "/" || SYSTEM.has(folder) ? undefined : folder;
}

function isSystem(folder: string): boolean {
  return SYSTEM.has(folder) && !BARE.has(folder);
}

/** The nearest folder at or above a file for which packages are installed. */
function homeOf(from: string, root: string, installs: readonly Install[]): string {
  for (let folder = from; isBelow(folder, root) && folder !== "/"; folder = posix.dirname(folder))
    if (installs.some((each) => each.folder === folder)) return folder;
  return root;
}

/** `npm install && mv node_modules ../`: Node looks for packages in the folders above, too. */
function movesModules({ program, values, folder }: RunCommand, home: string): boolean {
  return (
    program === "mv" && folder === home && values.length === 2 && /^(?:\.\/)?node_modules\/?$/.test(values[0] ?? "")
  );
}

function movedTo({ values, folder = "/" }: RunCommand): string {
  const target = values[1] ?? "";
  const path = posix.join(folder, target);
  return posix.basename(path) === "node_modules" ? path : posix.join(path, "node_modules");
}

/** Programs that work in the folder that they are called in: package managers, compilers and bundlers of JavaScript. */
const WORKERS = new Set(
  "npm npx yarn yarnpkg pnpm pnpx bun bunx corepack node nodejs tsc tsc-alias swc babel esbuild rollup webpack vite vue-tsc next nuxt nest ng react-scripts vue-cli-service gatsby eleventy astro remix turbo nx lerna rush prisma typeorm knex sequelize grunt gulp bower patch-package node-gyp node-pre-gyp eslint prettier jest mocha vitest rimraf cpx copyfiles ts-node tsx tailwindcss postcss sass node-prune modclean".split(
    " ",
  ),
);
/** What they do to their own settings and stores. */
const SETTINGS = new Set("config set cache login logout token version -v --version help".split(" "));

function worksIn(run: RunCommand, root: string): boolean {
  if (run.program === undefined || !WORKERS.has(run.program)) return false;
  if (run.program === "corepack" || SETTINGS.has(run.values[0] ?? "")) return true;
  const install = installOf(run);
  if (install?.isGlobal) return true;
  const folder = install ? install.folder : run.folder;
  if (run.values.some((value) => leads(value ?? "", root)) || isInline(run) || fetchesBrowser(run)) return false;
  return (
    folder !== undefined && isBelow(folder, root) && run.command.outputs.every(({ file }) => file.text === "/dev/null")
  );
}

/** `node -e "…"` may do anything anywhere. */
function isInline({ program, values }: RunCommand): boolean {
  return (
    /^(?:node|nodejs|tsx|ts-node)$/.test(program ?? "") &&
    values.some((value) => /^(?:-[ep]+|--eval|--print)$/.test(value ?? ""))
  );
}

/** `npx playwright install`, `npx puppeteer browsers install chrome`: it comes to stand in a folder of the user. */
function fetchesBrowser({ values }: RunCommand): boolean {
  const words = values.filter((value) => !value?.startsWith("-"));
  const at = words.findIndex((word) =>
    /^(?:playwright|@playwright\/test|puppeteer|@puppeteer\/browsers|cypress)(?:@|$)/.test(word ?? ""),
  );
  return at >= 0 && /^(?:install|install-deps|browsers)$/.test(words[at + 1] ?? "");
}

/** It names a folder elsewhere: `--outDir=/srv/www`. */
function leads(word: string, root: string): boolean {
  const path = word.slice(word.indexOf("=") + 1);
  return path.startsWith("/") && !isBelow(posix.normalize(path), root) && !/^\/(?:tmp|root\/\.\w)/.test(path);
}

function isBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder === "/" ? "/" : `${folder}/`);
}
