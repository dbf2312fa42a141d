import { posix } from "../../model/paths";
import { Memo } from "../../text/memo";
import { rememberedBeside } from "../../text/remembered";
import type { Change } from "../changes/change";
import type { Step } from "./steps";

/** A step, or all steps that say the same of any path: of those the latest is enough. */
type Entry = number | readonly number[];

/** The steps of a stage by the paths that they concern: a stage may have thousands, and a path few. */
export class StepIndex {
  private readonly at = new Map<string, Entry[]>();
  private readonly above = new Map<string, Entry[]>();

  constructor(steps: readonly Step[]) {
    const always = new Map<readonly Change[], number[]>();
    const perhaps = new Map<readonly Change[], number[]>();
    steps.forEach(({ changes, copy, mounts, always: happens }, index) => {
      if (copy) this.add(copy.target ?? "/", index);
      else if (mounts.length > 0) for (const path of [...placesOf(changes).paths, ...mounts]) this.add(path, index);
      else {
        const same = happens ? always : perhaps;
        const others = same.get(changes);
        if (others) others.push(index);
        else {
          const { paths, byPath } = placesOf(changes);
          const own = byPath ? [index] : undefined;
          if (own) same.set(changes, own);
          for (const path of paths) this.add(path, own ?? index);
        }
      }
    });
  }

  private add(path: string, entry: Entry): void {
    const { at, above } = placed.of(path);
    add(this.at, at, entry);
    for (const folder of above) add(this.above, folder, entry);
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

/** The paths that a list of changes is about, and whether that list says the same of a path at every step. */
const placesOf = rememberedBeside((changes: readonly Change[]) => ({
  paths: changes.flatMap(anchorsOf),
  byPath: changes.every(dependsOnPathAlone),
}));

/** Where a path is entered, and the folders above that. */
const placed = new Memo((path) => {
  const at = isDeep(path) ? "/" : path;
  const above: string[] = [];
  for (let folder = at; folder !== "/"; above.push(folder)) folder = posix.dirname(folder);
  return { at, above };
});

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
