import type { PackageJson } from "../../project/package-json";
import type { AppView } from "../app";
import type { Install, Manager } from "./installs";
import type { Layout } from "./layout";
import { developmentRun } from "./runs";
import { packageNamed, type Shown } from "./sources";

/** What is done about the packages that only development needs. */
export interface Pruning {
  /** The command that removes them; none where there are none, or they stay. */
  readonly commands: readonly string[];
  /** Why they stay, as a sentence; undefined where they do not. */
  readonly kept: string | undefined;
  /** They are in the image as the author builds it. */
  readonly ships: boolean;
}

const NOTHING: Pruning = { commands: [], kept: undefined, ships: false };

/** pnpm runs these scripts of the project when it removes packages, and what they call may be gone then. */
const LIFECYCLE = ["preinstall", "install", "postinstall", "prepublish", "preprepare", "prepare", "postprepare"];
/** Flags of an install that npm has to be told again, for the tree to be the same. */
const SAME_TREE =
  /^--(?:legacy-peer-deps|force|strict-peer-deps|install-links|legacy-bundling|install-strategy=\w+)(?:=true)?$/;

/**
 * How the packages for development leave a stage, where they surely can. `runs` are the words that start the program: one of
 * them that a package for development brings keeps them all.
 */
export function pruning(view: AppView, layout: Layout, shown: Shown | undefined, runs: readonly string[]): Pruning {
  const { installs, json, home } = layout;
  const first = installs.find((each) => each.withDev);
  if (!first || json?.devDependencies.size === 0) return NOTHING;
  const keep = (why: string): Pruning => ({
    commands: [],
    kept: `The packages for development stay: ${why}.`,
    ships: true,
  });
  if (!json) return keep("package.json was not seen");
  if (!shown) return keep("the sources were not all seen, and may use them");
  const words = [...runs, ...(view.env("NODE_OPTIONS") ?? "").split(/[\s=]+/)];
  const why = blocked(layout, installs) ?? usedOf(json, shown, words);
  if (why) return keep(why);
  const service = view.project.services?.find(({ command, entrypoint }) => (command ?? entrypoint) !== undefined);
  if (service) return keep(`${service.file} starts \`${service.name}\` in another way, and may use them`);
  const run = developmentRun(view, json);
  if (run) return keep(`the image starts ${run}, which one of them may bring`);
  const command = commandOf(view, layout, first.manager, json);
  if (typeof command !== "string") return keep(command.why);
  const isThere = view.stage.scope.workdir(view.stage.instructions.length) === home;
  return { commands: [isThere ? command : `cd ${home} && ${command}`], kept: undefined, ships: true };
}

/** What a package manager would do beside, or could not do. */
function blocked({ moved }: Layout, installs: readonly Install[]): string | undefined {
  if (moved) return "node_modules was moved, where the package manager does not look";
  const named = installs.find((each) => each.named.length > 0);
  if (named) return `${named.named[0]} is installed by its name, and would be removed with them`;
  return new Set(installs.map(({ manager }) => manager)).size > 1 ? "two package managers install here" : undefined;
}

/** A package for development that a source names, or that the start does. */
function usedOf({ devDependencies }: PackageJson, { packages }: Shown, runs: readonly string[]): string | undefined {
  const started = new Set(runs.map((word) => packageNamed(word.replace(/^.*node_modules\/(?:\.bin\/)?/, ""))));
  const used = [...devDependencies.keys()].find(
    (name) => started.has(name) || (packages.has(name) && !name.startsWith("@types/")),
  );
  return used && `the program uses ${used}, which is one of them`;
}

function commandOf(
  view: AppView,
  { installs, lock, home, isBerry }: Layout,
  manager: Manager,
  json: PackageJson,
): string | { readonly why: string } {
  const { scripts, hasWorkspaces } = json;
  switch (manager) {
    case "npm": {
      // npm 7 came with Node 15 (nodejs.org/en/download/releases); the one before knows another flag.
      if (Number.parseInt(view.baseVersion ?? "", 10) < 15)
        return { why: "npm 6 does not know how to leave them out alone" };
      const flags = [...new Set(installs.flatMap((each) => each.flags.filter((flag) => SAME_TREE.test(flag))))];
      // Without the flag npm asks the registry for known faults, and a build waits minutes for one that does not answer.
      return ["npm prune --omit=dev --no-audit", ...flags].join(" ");
    }
    case "yarn":
      if (isBerry) return { why: "Yarn 2 and later have no command for it that is in every version" };
      if (!lock || installs.some(({ flags }) => flags.some((flag) => /^--(?:no|pure)-lockfile$/.test(flag))))
        return { why: "there is no yarn.lock to install the same versions by" };
      if (changesPackages(view, json)) return { why: "a step changes files of packages, and Yarn would put them back" };
      return "yarn install --production --ignore-scripts --prefer-offline";
    case "pnpm": {
      if (hasWorkspaces || hasFile(view, `${home}/pnpm-workspace.yaml`))
        return { why: "pnpm prune does not know workspaces" };
      // Without a terminal pnpm asks nobody, and gives up (pnpm.io/settings, confirmModulesPurge).
      const flag = LIFECYCLE.some((name) => scripts.has(name)) ? " --ignore-scripts" : "";
      return `CI=true pnpm prune --prod${flag}`;
    }
    default:
      return { why: `${manager} has no command for it` };
  }
}

/** Scripts of the project's own that change no package: they make files in folders whose names begin with a dot, or none. */
const HARMLESS =
  /^(?:(?:npx |yarn )?(?:husky(?: install)?|simple-git-hooks|lefthook install|prisma generate|nuxt prepare|only-allow \w+|is-ci|tsc|true|exit 0)(?: \|\| (?:true|exit 0|husky(?: install)?))?)$/;

/**
 * Patches of packages (patch-package, a sed in node_modules): of files that are others than in its cache Yarn installs its own
 * again, as was seen of yarn 1.22 on 2026-11-22.
 */
function changesPackages(view: AppView, { scripts, dependencies, devDependencies }: PackageJson): boolean {
  const patches = ["patch-package", "postinstall-postinstall"];
  return (
    patches.some((name) => dependencies.has(name) || devDependencies.has(name)) ||
    LIFECYCLE.some((name) => !HARMLESS.test(scripts.get(name)?.trim() ?? "true")) ||
    view.commands.some(
      ({ program = "", values }) =>
        values.some((value) => value?.includes("node_modules/")) &&
        /^(?:sed|cp|mv|ln|patch|perl|rsync|install)$/.test(program),
    )
  );
}

/** A file that only the author writes: it is there if it is in the folder, and COPY brings it. */
function hasFile(view: AppView, path: string): boolean {
  const file = view.contextFile(path);
  return file !== undefined && view.project.files?.has(file) !== false;
}
