import { isObject, parseObject } from "./package-json";

/** What a lock file says of the packages that an install brings. */
export interface NodeLock {
  /** Those that ship; of all packages where the file does not tell them apart. */
  readonly names: ReadonlySet<string>;
  /** Those of them that run a script of their own when they are installed; undefined where the file does not say. */
  readonly scripted: ReadonlySet<string> | undefined;
  /** Those that come for one C library alone; undefined where the file does not say. */
  readonly bound: ReadonlySet<string> | undefined;
  /** `names` are those that ship. */
  readonly shippedAlone: boolean;
}

const NPM = /(?:^|\/)(?:package-lock|npm-shrinkwrap)\.json$/;
const OTHERS = /(?:^|\/)(?:yarn\.lock|pnpm-lock\.yaml)$/;
/** A longer one takes a second to parse. Characters. */
const MAX_LOCK = 16 * 1024 * 1024;

/** A lock file of npm, Yarn or pnpm, and not one of a package that was installed. */
export function isNodeLock(path: string): boolean {
  return (NPM.test(path) || OTHERS.test(path)) && !/(?:^|\/)node_modules\//.test(path);
}

/** Reads a lock file; undefined where it is broken or too long. */
export function readNodeLock(path: string, text: string): NodeLock | undefined {
  if (text.length > MAX_LOCK) return undefined;
  return NPM.test(path) ? npmLock(text) : namesOnly(text);
}

/** From version 2 on npm writes every package by its folder, and whether it is for development (docs.npmjs.com, package-lock.json). */
function npmLock(text: string): NodeLock | undefined {
  const { packages } = parseObject(text) ?? {};
  if (!isObject(packages)) return undefined;
  const names = new Set<string>();
  const scripted = new Set<string>();
  const bound = new Set<string>();
  for (const [folder, entry] of Object.entries(packages)) {
    const at = folder.lastIndexOf("node_modules/");
    if (at < 0 || !isObject(entry)) continue;
    const { dev, hasInstallScript, libc, link } = entry as Readonly<
      Record<"dev" | "hasInstallScript" | "libc" | "link", unknown>
    >;
    if (dev === true || link === true) continue;
    const name = folder.slice(at + "node_modules/".length);
    names.add(name);
    if (hasInstallScript === true) scripted.add(name);
    if (libc !== undefined) bound.add(name);
  }
  return { names, scripted, bound, shippedAlone: true };
}

/**
 * Both formats begin an entry with `name@`, in quotes or not: yarn.lock at the line's begin, pnpm-lock.yaml below `packages:`,
 * up to version 6 of it behind a slash.
 */
function namesOnly(text: string): NodeLock {
  const found = text.matchAll(/^(?: {2})?["']?\/?((?:@[\w.-]+\/)?[\w.-]+)@/gm);
  const names = new Set([...found].flatMap(([, name]) => name ?? []));
  return { names, scripted: undefined, bound: undefined, shippedAlone: false };
}
