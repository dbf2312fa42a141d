import { matchesPattern } from "../../model/paths";
import { Memo } from "../../text/memo";

interface Node<T> {
  /** Most nodes are files. */
  children: Map<string, Node<T>> | undefined;
  readonly items: T[];
  isFolder: boolean;
}

/** So many nodes are visited to answer questions about one image; beyond, an answer is "nothing". No person's file comes near. */
const MOST_VISITS = 50_000;

/** Of what is brought to one path again and again the latest are remembered. */
const MOST_AT_ONE_PATH = 4;

/** Things that stand at absolute paths, found by folder and by pattern at the cost of what is found. */
export class PathTree<T> {
  private readonly root: Node<T> = { children: undefined, items: [], isFolder: true };
  private visits = 0;

  add(path: string, item: T): void {
    const { items } = this.make(path);
    items.push(item);
    if (items.length > MOST_AT_ONE_PATH) items.shift();
  }

  /** Something says that a folder is there, whatever stands in it. */
  makeFolder(path: string): void {
    this.make(path).isFolder = true;
  }

  hasFolder(path: string): boolean {
    return this.node(path)?.isFolder ?? false;
  }

  /** What stands at a path, the latest first. */
  at(path: string): readonly T[] {
    return [...(this.node(path)?.items ?? [])].reverse();
  }

  /** The latest of what stands at the nearest folder above a path where something stands. */
  above(path: string): T | undefined {
    let node: Node<T> | undefined = this.root;
    let found = node.items.at(-1);
    const parts = names(path);
    for (let at = 0; at < parts.length - 1; at++) {
      node = node.children?.get(parts[at] as string);
      if (!node) return found;
      found = node.items.at(-1) ?? found;
    }
    return found;
  }

  /** What stands at the paths of a shell pattern and below them. A wildcard passes over hidden files, as a shell's does. */
  find(pattern: string): readonly T[] {
    return this.matching(pattern).flatMap(({ node }) => this.all(node));
  }

  /** The same, taken out of the tree. */
  take(pattern: string): readonly T[] {
    return this.matching(pattern).flatMap(({ parent, name, node }) => {
      parent?.children?.delete(name);
      return this.all(node);
    });
  }

  private matching(pattern: string): readonly Match<T>[] {
    let found: readonly Match<T>[] = [{ parent: undefined, name: "", node: this.root }];
    for (const part of names(pattern)) {
      if (found.length === 0) break;
      found = found.flatMap(({ node }) => this.named(node, part));
    }
    return found;
  }

  private named(parent: Node<T>, part: string): readonly Match<T>[] {
    if (!/[*?]/.test(part)) {
      const node = parent.children?.get(part);
      return node ? [{ parent, name: part, node }] : [];
    }
    const { children = new Map<string, Node<T>>() } = parent;
    this.visits += children.size;
    if (this.visits > MOST_VISITS) return [];
    return [...children].flatMap(([name, node]) => (matchesName(part, name) ? { parent, name, node } : []));
  }

  private all(top: Node<T>): readonly T[] {
    const found: T[] = [];
    const waiting = [top];
    for (let node = waiting.pop(); node && this.visits++ < MOST_VISITS; node = waiting.pop()) {
      found.push(...node.items);
      if (node.children) waiting.push(...[...node.children.values()].reverse());
    }
    return found;
  }

  private make(path: string): Node<T> {
    let node = this.root;
    for (const name of names(path)) {
      node.isFolder = true;
      node.children ??= new Map();
      let next = node.children.get(name);
      if (!next) {
        next = { children: undefined, items: [], isFolder: false };
        node.children.set(name, next);
      }
      node = next;
    }
    return node;
  }

  private node(path: string): Node<T> | undefined {
    let node: Node<T> | undefined = this.root;
    for (const name of names(path)) node = node?.children?.get(name);
    return node;
  }
}

interface Match<T> {
  readonly parent: Node<T> | undefined;
  readonly name: string;
  readonly node: Node<T>;
}

function names(path: string): readonly string[] {
  return split.of(path);
}

const split = new Memo((path): readonly string[] => path.split("/").filter((name) => name !== ""));

/** A name may itself be a pattern, of COPY: it is found where all that it stands for is. */
function matchesName(pattern: string, name: string): boolean {
  if (/^[*?]/.test(pattern) && name.startsWith(".")) return false;
  if (pattern.includes("?") && /[*?[]/.test(name)) return false;
  return matchesPattern(pattern, name);
}
