import { posix } from "../model/paths";
import type { Change } from "./changes/change";
import type { Step } from "./steps";

/** The steps of a stage by the paths that they concern: a stage may have thousands, and a path few. */
export class StepIndex {
  private readonly at = new Map<string, number[]>();
  private readonly above = new Map<string, number[]>();

  constructor(steps: readonly Step[]) {
    const known = new Map<readonly Change[], Anchors>();
    steps.forEach(({ changes, copy, mounts }, index) => {
      const own = known.get(changes) ?? withFolders(changes.flatMap(anchorsOf));
      known.set(changes, own);
      this.add(own, index);
      if (copy || mounts.length > 0) this.add(withFolders([...(copy ? [copy.target ?? "/"] : []), ...mounts]), index);
    });
  }

  private add({ paths, folders }: Anchors, index: number): void {
    for (const path of paths) add(this.at, path, index);
    for (const folder of folders) add(this.above, folder, index);
  }

  /** Those that may say something of a path, from the one before `limit` back. */
  concerning(path: string, limit: number): readonly number[] {
    const lists = [this.above.get(path)];
    for (let folder = path; ; folder = posix.dirname(folder)) {
      lists.push(this.at.get(folder));
      if (folder === "/") break;
    }
    const found = new Set<number>();
    for (const list of lists) for (const index of list ?? []) if (index < limit) found.add(index);
    return [...found].sort((a, b) => b - a);
  }
}

function add(map: Map<string, number[]>, key: string, index: number): void {
  const list = map.get(key);
  if (!list) map.set(key, [index]);
  else if (list.at(-1) !== index) list.push(index);
}

/** Paths, and the folders that they lie in. */
interface Anchors {
  readonly paths: ReadonlySet<string>;
  readonly folders: ReadonlySet<string>;
}

/** A path of more folders is no person's; what concerns it is taken to concern all. */
const MAX_FOLDERS = 64;

function withFolders(all: readonly string[]): Anchors {
  const anchors = all.map((anchor) => (anchor.split("/", MAX_FOLDERS + 2).length > MAX_FOLDERS + 1 ? "/" : anchor));
  const folders = new Set<string>();
  for (const anchor of anchors) {
    for (let folder = anchor; folder !== "/"; folders.add(folder)) folder = posix.dirname(folder);
  }
  return { paths: new Set(anchors), folders };
}

/** A change says nothing of a path that is neither one of these, nor above or below one. */
function anchorsOf(change: Change): readonly string[] {
  switch (change.kind) {
    case "makes":
    case "touches":
    case "thins":
      return [change.path];
    case "removes":
      return [fixed(change.pattern)];
    case "copies":
      return change.moves ? [change.to, fixed(change.from)] : [change.to];
    case "links":
      return [change.at];
    case "caches":
      return CACHES;
    case "ruled":
      return change.otherwise.flatMap(anchorsOf);
    case "anything":
      return ["/"];
  }
}

const CACHES = ["/root", "/home", "/tmp", "/var/tmp", "/var/cache"];

/** The folder that all paths of a pattern lie in; a plain path itself. */
function fixed(pattern: string): string {
  const at = pattern.search(/[*?[]/);
  return at < 0 ? pattern : pattern.slice(0, pattern.lastIndexOf("/", at)) || "/";
}
