import { isNodeLock, type NodeLock, readNodeLock } from "./node-lock";
import { isNodeSource, MAX_NODE_SOURCES, type NodeSource, readNodeSource } from "./node-source";
import { isObject, isPackageJson, type PackageJson, readPackageJson } from "./package-json";
import type { Parse } from "./parsers";
import type { Project } from "./project";

/** A program without a package.json is a small one. */
const MAX_PLAIN = 50;

/** The files of a project of Node whose text tells facts. */
export function nodeTexts(paths: readonly string[]): readonly string[] {
  const packages = paths.filter(isPackageJson);
  const sources = paths.filter(isNodeSource);
  const most = packages.length > 0 ? MAX_NODE_SOURCES : MAX_PLAIN;
  return [
    ...packages,
    ...paths.filter((path) => isNodeLock(path) || isYarnSettings(path) || isGyp(path)),
    ...(sources.length <= most ? sources : []),
  ];
}

function isYarnSettings(path: string): boolean {
  return /(?:^|\/)\.yarnrc\.yml$/.test(path);
}

/** What node-gyp builds a module of the project by. */
function isGyp(path: string): boolean {
  return /(?:^|\/)binding\.gyp$/.test(path) && !/(?:^|\/)node_modules\//.test(path);
}

/** How Yarn lays out packages (yarnpkg.com/configuration/yarnrc, nodeLinker); without the setting it is in archives. */
function linkerOf(text: string, yaml: Parse): string {
  try {
    const settings = yaml(text);
    const linker = isObject(settings) ? (settings as { readonly nodeLinker?: unknown }).nodeLinker : undefined;
    return typeof linker === "string" ? linker : "pnp";
  } catch {
    return "pnp";
  }
}

/** What those texts tell; what a bundler made, and is too long to be read, is no source. */
export function nodeFacts(
  files: ReadonlyMap<string, number>,
  texts: ReadonlyMap<string, string>,
  yaml: Parse,
): Pick<Project, "nodePackages" | "nodeLocks" | "nodeModules" | "nodeSources" | "yarnLinkers"> {
  const nodePackages = new Map<string, PackageJson>();
  const nodeLocks = new Map<string, NodeLock>();
  const nodeSources = new Map<string, NodeSource>();
  const nodeModules = new Map<string, boolean>();
  const yarnLinkers = new Map<string, string>();
  for (const [path, text] of texts) {
    if (!files.has(path)) continue;
    const json = isPackageJson(path) ? readPackageJson(text) : undefined;
    if (json) nodePackages.set(path, json);
    if (isYarnSettings(path)) yarnLinkers.set(path, linkerOf(text, yaml));
    if (isGyp(path)) nodeModules.set(path, /libraries|ldflags|-l\w|pkg-config/.test(text));
    const lock = isNodeLock(path) ? readNodeLock(path, text) : undefined;
    if (lock) nodeLocks.set(path, lock);
    const source = isNodeSource(path) ? readNodeSource(text) : undefined;
    if (source) nodeSources.set(path, source);
  }
  const isRead = [...files.keys()].every((path) => !isNodeSource(path) || texts.has(path));
  return { nodePackages, nodeLocks, nodeModules, yarnLinkers, ...(isRead ? { nodeSources } : {}) };
}
