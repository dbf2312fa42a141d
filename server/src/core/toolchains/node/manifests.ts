import { posix } from "../../model/paths";
import type { NodeLock } from "../../project/node-lock";
import type { PackageJson } from "../../project/package-json";
import type { AppView } from "../app";
import type { StageView } from "../toolchain";

/** A package.json with its places: the folder of the stage that it stands in, and its path in the context. */
export interface PlacedPackage {
  readonly folder: string;
  readonly path: string;
  readonly json: PackageJson;
}

/** The package.json that rules a folder: the nearest one at or above it. */
export function packageOf(view: StageView, from: string): PlacedPackage | undefined {
  let folder = from;
  for (let depth = 0; depth < MAX_DEPTH; depth++, folder = posix.dirname(folder)) {
    const path = contextPath(view, posix.join(folder, "package.json"));
    const json = path === undefined ? undefined : view.project.nodePackages?.get(path);
    if (path !== undefined && json) return { folder, path, json };
    if (folder === "/") return undefined;
  }
  return undefined;
}

/** The package.json of the program that a stage takes from another one. */
export function packageBrought({ copies }: AppView): PlacedPackage | undefined {
  for (const { stage, sources } of copies) {
    for (const source of stage ? (sources ?? []) : []) {
      const found = stage && packageOf(stage, source);
      if (found) return found;
    }
  }
  return undefined;
}

/** The path in the context that a path of the stage comes from. */
export function contextPath(view: StageView, path: string): string | undefined {
  const origin = view.origin(path);
  return origin.kind === "context" ? origin.path : undefined;
}

/** No person's project lies deeper. */
const MAX_DEPTH = 64;

/** What .yarnrc.yml says of the layout of packages at or above a folder; undefined where there is none. */
export function yarnLinker(view: AppView, from: string): string | undefined {
  const path = view.contextFile(posix.join(from, ".yarnrc.yml"));
  return path === undefined ? undefined : view.project.yarnLinkers?.get(path);
}

/** The packages of a repository that lie below the folder of another one. */
export function packagesBelow(view: AppView, root: string): readonly PlacedPackage[] {
  const own = view.contextFile(posix.join(root, "package.json"));
  if (own === undefined) return [];
  const above = own.slice(0, own.length - "package.json".length);
  return [...(view.project.nodePackages ?? [])].flatMap(([path, json]) => {
    const folder = posix.join(root, posix.dirname(path.slice(above.length)));
    const isThere =
      path.startsWith(above) && path !== own && view.contextFile(posix.join(folder, "package.json")) === path;
    return isThere ? [{ folder, path, json }] : [];
  });
}

/** A package.json with what the packages of its repository want: one install brings it all. */
export function withWorkspaces(view: AppView, root: PlacedPackage | undefined): PackageJson | undefined {
  if (!root?.json.hasWorkspaces) return root?.json;
  const all = [root.json, ...packagesBelow(view, root.folder).map(({ json }) => json)];
  const dependencies = new Map(all.flatMap((each) => [...each.dependencies]));
  const devDependencies = new Map(
    all.flatMap((each) => [...each.devDependencies]).filter(([name]) => !dependencies.has(name)),
  );
  return { ...root.json, dependencies, devDependencies };
}

const LOCKS = ["npm-shrinkwrap.json", "package-lock.json", "yarn.lock", "pnpm-lock.yaml"];

/** The lock file beside a package.json of the context, or in a folder of the stage. */
export function lockOf(view: AppView, home: string, brought: PlacedPackage | undefined): NodeLock | undefined {
  for (const name of LOCKS) {
    const path = contextPath(view, posix.join(home, name)) ?? (brought && beside(brought.path, name));
    const lock = path === undefined ? undefined : view.project.nodeLocks?.get(path);
    if (lock) return lock;
  }
  return undefined;
}

function beside(path: string, name: string): string {
  return path.slice(0, path.lastIndexOf("/") + 1) + name;
}
