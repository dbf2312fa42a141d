import type { PackageJson } from "../../project/package-json";
import type { AppView } from "../app";
import type { Manager } from "./installs";
import type { Layout } from "./layout";
import type { Shown } from "./sources";

/** What is done about the packages that only development needs. */
export interface Pruning {
  /** The command that removes them; none where there are none, or they stay. */
  readonly commands: readonly string[];
  /** Why they stay, as a sentence; undefined where they do not. */
  readonly kept: string | undefined;
  /** They are in the image as the author builds it. */
  readonly ships: boolean;
}

/** npm itself runs these in an install for production too; yarn and pnpm do so when they remove packages. */
const LIFECYCLE = ["preinstall", "install", "postinstall", "prepublish", "preprepare", "prepare", "postprepare"];
/** Flags of an install that npm has to be told again, for the tree to be the same. */
const SAME_TREE = /^--(?:legacy-peer-deps|force|strict-peer-deps|install-links|legacy-bundling|install-strategy=\w+)$/;

/**
 * How the packages for development leave a stage, where they surely can. `runs` are the words that start the program: one of
 * them that a package for development brings keeps them all.
 */
export function pruning(view: AppView, layout: Layout, shown: Shown | undefined, runs: readonly string[]): Pruning {
  const { installs, json, moved, home } = layout;
  const withDev = installs.filter((each) => each.withDev);
  const [first] = withDev;
  const keep = (why: string): Pruning => ({
    commands: [],
    kept: `The packages for development stay: ${why}.`,
    ships: true,
  });
  if (!first) return { commands: [], kept: undefined, ships: false };
  if (!json) return keep("package.json was not seen");
  if (json.devDependencies.size === 0) return { commands: [], kept: undefined, ships: false };
  if (!shown) return keep("the sources were not all seen, and may use them");
  if (moved) return keep("node_modules was moved, where the package manager does not look");
  const named = installs.find((each) => each.named.length > 0);
  if (named) return keep(`${named.named[0]} is installed by its name, and would be removed with them`);
  if (new Set(installs.map(({ manager }) => manager)).size > 1) return keep("two package managers install here");
  const used = usedOf(json, shown, runs);
  if (used) return keep(`the program uses ${used}, which is one of them`);
  const command = commandOf(view, layout, first.manager, json);
  if (typeof command !== "string") return keep(command.why);
  const there = view.stage.scope.workdir(view.stage.instructions.length) === home;
  return { commands: [there ? command : `cd ${home} && ${command}`], kept: undefined, ships: true };
}

/** A package for development that a source names, or that the start does. */
function usedOf({ devDependencies }: PackageJson, { words }: Shown, runs: readonly string[]): string | undefined {
  return [...devDependencies.keys()].find(
    (name) =>
      (!name.startsWith("@types/") && (words.has(name) || [...words].some((word) => word.startsWith(`${name}/`)))) ||
      runs.some((word) => word === name || word.includes(`node_modules/${name}/`)),
  );
}

function commandOf(
  view: AppView,
  { installs, lock, home }: Layout,
  manager: Manager,
  { scripts, hasWorkspaces, packageManager }: PackageJson,
): string | { readonly why: string } {
  const runsScripts = LIFECYCLE.some((name) => scripts.has(name));
  switch (manager) {
    case "npm": {
      // npm 7 came with Node 15 (nodejs.org/en/download/releases); before, the flag was --production.
      const major = Number.parseInt(view.baseVersion ?? "", 10);
      const flags = [...new Set(installs.flatMap((each) => each.flags.filter((flag) => SAME_TREE.test(flag))))];
      return ["npm prune", major < 15 ? "--production" : "--omit=dev", ...flags].join(" ");
    }
    case "yarn":
      if (isBerry(view, home, packageManager))
        return { why: "Yarn 2 and later have no command for it that is in every version" };
      if (!lock || installs.some(({ flags }) => flags.some((flag) => /^--(?:no|pure)-lockfile$/.test(flag))))
        return { why: "there is no yarn.lock to install the same versions by" };
      return "yarn install --production --ignore-scripts --prefer-offline";
    case "pnpm":
      if (hasWorkspaces || hasFile(view, `${home}/pnpm-workspace.yaml`))
        return { why: "pnpm prune does not know workspaces" };
      // Without a terminal pnpm asks nobody, and gives up (pnpm.io/settings, confirmModulesPurge).
      return `CI=true pnpm prune --prod${runsScripts ? " --ignore-scripts" : ""}`;
    default:
      return { why: `${manager} has no command for it` };
  }
}

/** A file that only the author writes: it is there if it is in the folder, and COPY brings it. */
function hasFile(view: AppView, path: string): boolean {
  const file = view.contextFile(path);
  return file !== undefined && view.project.files?.has(file) !== false;
}

/** Yarn from version 2 on: package.json asks for it, or its settings stand there. */
export function isBerry(view: AppView, home: string, packageManager: string | undefined): boolean {
  return /^yarn@(?!1\.|0\.)/.test(packageManager ?? "") || hasFile(view, `${home}/.yarnrc.yml`);
}
