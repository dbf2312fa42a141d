import { matchesPattern, posix } from "../../model/paths";
import type { CargoManifest } from "../../project/cargo";
import type { RunCommand, StageView } from "../toolchain";
import type { CargoArguments } from "./arguments";

/** A package of the project, with where it stands. */
export interface CargoPackage {
  readonly manifest: CargoManifest;
  /** Its folder in the stage, and in the context ("" is the context itself). */
  readonly place: string;
  readonly folder: string;
}

export interface CargoProject {
  /** The folder whose `target` the programs come to stand in: that of the workspace, or of the package alone. */
  readonly root: CargoPackage;
  /** The packages that are built. */
  readonly built: readonly CargoPackage[];
  /** All of the workspace. */
  readonly all: readonly CargoPackage[];
}

/** Folders above a package that are looked at. */
const MAX_DEPTH = 32;

/** The packages that a cargo command builds; undefined where the context does not show them. */
export function cargoProject(run: RunCommand, args: CargoArguments, view: StageView): CargoProject | undefined {
  const own = args.folder === undefined ? undefined : packageAbove(args.folder, run, view);
  if (!own) return undefined;
  const root = rootOf(own, run, view);
  if (!root) return undefined;
  const members = membersOf(root, view);
  const all = members.some(({ folder }) => folder === own.folder) ? members : [own, ...members];
  const built = selected(args, own, root, all);
  return built && { root, built, all };
}

function packageAbove(from: string, run: RunCommand, view: StageView): CargoPackage | undefined {
  for (let place = from, depth = 0; depth < MAX_DEPTH; place = posix.dirname(place), depth++) {
    const found = packageAt(place, run, view);
    if (found !== "none") return found;
    if (place === "/") return undefined;
  }
  return undefined;
}

/** Undefined where it cannot be told, or was not read. */
function packageAt(place: string, run: RunCommand, view: StageView): CargoPackage | "none" | undefined {
  const origin = view.origin(posix.join(place, "Cargo.toml"), run);
  if (origin.kind !== "context") return origin.kind === "none" ? "none" : undefined;
  const { files, cargoManifests } = view.project;
  if (files && !files.has(origin.path)) return "none";
  const manifest = cargoManifests?.get(origin.path);
  const folder = posix.dirname(`/${origin.path}`).slice(1);
  return manifest && { manifest, place, folder };
}

/** The workspace that a package belongs to: its own, or one above that lists it (reference/workspaces.html). */
function rootOf(own: CargoPackage, run: RunCommand, view: StageView): CargoPackage | undefined {
  if (own.manifest.workspace) return own;
  for (let place = own.place, depth = 0; place !== "/" && depth < MAX_DEPTH; depth++) {
    place = posix.dirname(place);
    const above = packageAt(place, run, view);
    if (above === undefined) return undefined;
    if (above === "none" || !above.manifest.workspace) continue;
    return membersOf(above, view).some(({ folder }) => folder === own.folder) ? above : own;
  }
  return own;
}

/** The members that the root of a workspace lists, and those that they depend on by a path. */
function membersOf(root: CargoPackage, view: StageView): readonly CargoPackage[] {
  const { workspace } = root.manifest;
  const all = root.manifest.name === undefined ? [] : [root];
  if (!workspace) return all;
  const found = new Map(all.map((each) => [each.folder, each]));
  for (const [path, manifest] of view.project.cargoManifests ?? []) {
    const folder = posix.dirname(`/${path}`).slice(1);
    const below = belowOf(root.folder, folder);
    if (below === undefined) continue;
    const isMember = workspace.members.some((member) => matchesPattern(posix.normalize(member), below));
    const isExcluded = workspace.exclude.some((each) => below === posix.normalize(each));
    if (isMember && !isExcluded && manifest.name !== undefined)
      found.set(folder, { manifest, folder, place: posix.join(root.place, below) });
  }
  for (const each of [...found.values()])
    for (const other of ownDependencies(each, root, view)) if (!found.has(other.folder)) found.set(other.folder, other);
  return [...found.values()];
}

/** "." is the folder itself. */
function belowOf(root: string, folder: string): string | undefined {
  if (folder === root) return ".";
  if (root === "") return folder;
  return folder.startsWith(`${root}/`) ? folder.slice(root.length + 1) : undefined;
}

/** The packages of the project that a package is built of, itself first. */
export function partsOf(of: CargoPackage, root: CargoPackage, view: StageView): readonly CargoPackage[] {
  const found = new Map([[of.folder, of]]);
  for (const each of found.values())
    for (const other of ownDependencies(each, root, view)) if (!found.has(other.folder)) found.set(other.folder, other);
  return [...found.values()];
}

function ownDependencies(of: CargoPackage, root: CargoPackage, view: StageView): readonly CargoPackage[] {
  return [...of.manifest.dependencies].flatMap(([name, { path, isShared }]) => {
    const from = isShared ? root : of;
    const written = isShared ? root.manifest.shared.get(name)?.path : path;
    if (written === undefined) return [];
    const folder = posix.join(`/${from.folder}`, written).slice(1);
    const manifest = view.project.cargoManifests?.get(folder === "" ? "Cargo.toml" : `${folder}/Cargo.toml`);
    return manifest ? [{ manifest, folder, place: posix.join(from.place, written) }] : [];
  });
}

function selected(
  { options, packages, verb }: CargoArguments,
  own: CargoPackage,
  root: CargoPackage,
  all: readonly CargoPackage[],
): readonly CargoPackage[] | undefined {
  if (packages.length > 0) {
    const named = all.filter(({ manifest }) => packages.includes(manifest.name ?? ""));
    return named.length >= packages.length && !packages.some((name) => /[*?[]/.test(name)) ? named : undefined;
  }
  if (options.has("--exclude")) return undefined;
  if (options.has("--workspace") || options.has("--all")) return all;
  const defaults = root.manifest.workspace?.defaults;
  if (own === root && defaults) {
    const folders = defaults.map((each) => posix.join(`/${root.folder}`, each).slice(1));
    return all.filter(({ folder }) => folders.some((pattern) => matchesPattern(pattern, folder)));
  }
  if (own.manifest.name !== undefined) return [own];
  return verb === "build" ? all : undefined;
}
