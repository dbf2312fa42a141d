import { lineage } from "../../model/image-config";
import { posix } from "../../model/paths";
import type { NodeLock } from "../../project/node-lock";
import type { PackageJson } from "../../project/package-json";
import { flagOf } from "../../syntax/instruction";
import type { AppView } from "../app";
import type { StageView } from "../toolchain";

/** A package.json, and the folder of the stage that it stands in. */
export interface PlacedPackage {
  readonly folder: string;
  readonly json: PackageJson;
}

/** The package.json that rules a folder: the nearest one at or above it. */
export function packageOf(view: AppView, from: string): PlacedPackage | undefined {
  let folder = from;
  for (let depth = 0; depth < MAX_DEPTH; depth++, folder = posix.dirname(folder)) {
    const path = view.contextFile(posix.join(folder, "package.json"));
    const json = path === undefined ? undefined : view.project.nodePackages?.get(path);
    if (json) return { folder, json };
    if (folder === "/") return undefined;
  }
  return undefined;
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
    return isThere ? [{ folder, json }] : [];
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

/** The lock file of a folder; of a stage that takes its packages from another one, that of the context is asked. */
export function lockOf(view: AppView, home: string, isFinal: boolean): NodeLock | undefined {
  for (const name of LOCKS) {
    const path = view.contextFile(posix.join(home, name)) ?? (isFinal ? name : undefined);
    const lock = path === undefined ? undefined : view.project.nodeLocks?.get(path);
    if (lock) return lock;
  }
  return undefined;
}

/** It takes files from other stages, or from images. */
export function copiesFromStages({ stage }: StageView): boolean {
  return lineage(stage).some(({ instructions }) => instructions.some((each) => flagOf(each, "from") !== undefined));
}
