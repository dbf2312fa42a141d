import { posix } from "../../model/paths";
import type { Change } from "../changes/change";
import type { Step } from "./steps";

/** A step, or all steps that say the same of any path: of those the latest is enough. */
type Entry = number | readonly number[];

/** The steps of a stage by the paths that they concern: a stage may have thousands, and a path few. */
export class StepIndex {
  private readonly at = new Map<string, Entry[]>();
  private readonly above = new Map<string, Entry[]>();
  private readonly foldersOf = new Map<string, readonly string[]>();

  constructor(steps: readonly Step[]) {
    const always = new Map<readonly Change[], number[]>();
    const perhaps = new Map<readonly Change[], number[]>();
    steps.forEach((step, index) => {
      const { changes, copy, mounts } = step;
      if (copy) this.add([copy.target ?? "/"], index);
      else if (mounts.length > 0) this.add([...changes.flatMap(anchorsOf), ...mounts], index);
      else {
        const same = step.always ? always : perhaps;
        const others = same.get(changes);
        if (others) others.push(index);
        else {
          const own = changes.every(dependsOnPathAlone) ? [index] : undefined;
          if (own) same.set(changes, own);
          this.add(changes.flatMap(anchorsOf), own ?? index);
        }
      }
    });
  }

  private add(paths: readonly string[], entry: Entry): void {
    for (const each of paths) {
      const path = isDeep(each) ? "/" : each;
      add(this.at, path, entry);
      for (const folder of this.foldersAbove(path)) add(this.above, folder, entry);
    }
  }

  private foldersAbove(path: string): readonly string[] {
    const known = this.foldersOf.get(path);
    if (known) return known;
    const folders: string[] = [];
    for (let folder = path; folder !== "/"; folders.push(folder)) folder = posix.dirname(folder);
    this.foldersOf.set(path, folders);
    return folders;
  }

  /** Those that may say something of a path, from the one before `limit` back. */
  concerning(path: string, limit: number): readonly number[] {
    const found = new Set<number>();
    collect(this.above.get(path), limit, found);
    for (let folder = path; ; folder = posix.dirname(folder)) {
      collect(this.at.get(folder), limit, found);
      if (folder === "/") break;
    }
    return [...found].sort((a, b) => b - a);
  }
}

/** A path of more folders is no person's; what concerns it is taken to concern all. */
const MAX_FOLDERS = 64;

function isDeep(path: string): boolean {
  return path.split("/", MAX_FOLDERS + 2).length > MAX_FOLDERS + 1;
}

function collect(entries: readonly Entry[] | undefined, limit: number, found: Set<number>): void {
  for (const entry of entries ?? []) {
    const index = typeof entry === "number" ? entry : lastBefore(entry, limit);
    if (index !== undefined && index < limit) found.add(index);
  }
}

/** The last of ascending numbers that is below a limit. */
function lastBefore(numbers: readonly number[], limit: number): number | undefined {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] as number) < limit) low = middle + 1;
    else high = middle;
  }
  return numbers[low - 1];
}

function add(map: Map<string, Entry[]>, key: string, entry: Entry): void {
  const list = map.get(key);
  if (!list) map.set(key, [entry]);
  else if (list.at(-1) !== entry) list.push(entry);
}

/** What copies and links bring is what was there before, which is another thing at another step. */
function dependsOnPathAlone({ kind }: Change): boolean {
  return kind !== "copies" && kind !== "links";
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
    case "outside":
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
