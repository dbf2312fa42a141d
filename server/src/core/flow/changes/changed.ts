import { matchesPattern, posix } from "../../model/paths";
import { within } from "../files/copies";
import { isOfSystem, isSystemRoot } from "../files/system-paths";
import type { Change, Ruled } from "./change";
import { Doubt, MAYBE, MAYBE_GONE, type Presence, type Said, there, type World } from "./said";

/** What a change of a command does to a path. */
export function changed(world: World, change: Change, path: string): Said {
  switch (change.kind) {
    case "makes":
      if (change.path === path) {
        const said = there(world, change.what, change.content);
        const made = said?.says === "there" ? said.presence.made : undefined;
        return made && said?.says === "there"
          ? { ...said, presence: { ...said.presence, made: { ...made, artifact: path } } }
          : said;
      }
      return within(path, change.path) === undefined ? undefined : folder(world);
    case "touches":
      if (change.without?.has(within(change.path, path)?.split("/", 1)[0] ?? "") || change.spares?.(path))
        return undefined;
      return meet(change.path, path) && !(change.file && within(change.path, path)) ? MAYBE : undefined;
    case "caches":
      return CACHE.test(path) ? { says: "open", made: true, gone: true } : undefined;
    case "outside":
      return isOfSystem(path) ? undefined : MAYBE;
    case "removes":
      return removed(change.pattern, path, change.recursive);
    case "thins":
      return meet(change.path, path) ? MAYBE_GONE : undefined;
    case "copies":
      return moved(world, change, path);
    case "links":
      return linked(world, change, path);
    case "ruled":
      return eachOf(world, ruledBy(world, change)?.(path) ?? change.otherwise, path);
    case "anything":
      return { says: "open", made: true, gone: true };
  }
}

type Rules = Extract<Change, { kind: "ruled" }>;
const ruled = new WeakMap<World["context"], Map<Rules, Ruled | undefined>>();

/** A step is asked of many paths, and the files that rule it are the same for all. */
function ruledBy(world: World, change: Rules): Ruled | undefined {
  const known = ruled.get(world.context) ?? new Map<Rules, Ruled | undefined>();
  ruled.set(world.context, known);
  if (!known.has(change)) known.set(change, change.ruler(world, change.run));
  return known.get(change);
}

/** What changes in a row do to a path. */
export function eachOf(world: World, changes: readonly Change[], path: string): Said {
  const doubt = new Doubt();
  for (let at = changes.length - 1; at >= 0; at--) {
    const said = doubt.take(changed(world, changes[at] as Change, path), true);
    if (said) return said;
  }
  return doubt.said;
}

const CACHE = /^\/(?:root|home\/[^/]+)\/\.|^\/(?:tmp|var\/tmp|var\/cache)\//;

function meet(one: string, other: string): boolean {
  return within(one, other) !== undefined || within(other, one) !== undefined;
}

function folder(world: World): Said {
  return there(world, "folder", { kind: "unknown" });
}

/** The pattern matches the path or a folder above it; what matches below it thins it. */
function removed(pattern: string, path: string, recursive = true): Said {
  for (let at = path; at !== "/" && (recursive || at === path); at = posix.dirname(at)) {
    if (matchesPattern(pattern, at)) return /[[]/.test(pattern) ? MAYBE_GONE : { says: "gone" };
  }
  return undefined;
}

type Copies = Extract<Change, { kind: "copies" }>;
type Links = Extract<Change, { kind: "links" }>;

/** Where something that is put at `to` comes to stand: in it where that is a folder. */
function destinations(world: World, to: string, name: string, into: boolean | undefined): readonly string[] {
  const known = into ?? isFolder(world, to);
  if (known !== undefined) return [known ? posix.join(to, name) : to];
  return [posix.join(to, name), to];
}

function isFolder(world: World, path: string): boolean | undefined {
  if (isSystemRoot(path)) return true;
  const found = world.before(path);
  if (found.kind === "absent") return false;
  const what = found.kind === "there" ? found.maker?.what : undefined;
  return what === "folder" ? true : what === "file" ? false : undefined;
}

function moved(world: World, change: Copies, path: string): Said {
  const { from, to, moves } = change;
  if (!meet(to, path)) return moves ? removed(from, path) : undefined;
  const name = posix.basename(from);
  const said = /[*?[]/.test(name) ? spread(world, change, name, path) : put(world, change, name, path);
  if (said?.says === "there" || !moves) return said;
  return removed(from, path) ?? (within(path, to) === undefined ? said : (said ?? folder(world)));
}

function put(world: World, { from, to, into }: Copies, name: string, path: string): Said {
  const places = destinations(world, to, name, into);
  const answers = places.map((place): Said => {
    const below = within(place, path);
    if (below === undefined) return within(path, place) === undefined ? undefined : folder(world);
    const source = world.before(posix.join(from, below));
    if (source.kind === "there") return carried(world, source, path);
    // What is copied itself is there, or the command fails.
    if (below === "") return source.kind === "absent" ? MAYBE : there(world, undefined, { kind: "unknown" });
    return source.kind === "unknown" ? MAYBE : undefined;
  });
  if (places.length === 1) return answers[0];
  return answers.some((answer) => answer !== undefined) ? MAYBE : undefined;
}

/** A pattern: which names it means, what was there before says. */
function spread(world: World, { from, to, into }: Copies, pattern: string, path: string): Said {
  const below = within(to, path);
  if (below === undefined) return within(path, to) === undefined ? undefined : folder(world);
  if (below === "") return there(world, into ? "folder" : undefined, { kind: "unknown" });
  const [name = "", ...rest] = below.split("/");
  const asOne = into === true || isFolder(world, to) === true ? undefined : MAYBE;
  if (!matchesPattern(pattern, name)) return asOne;
  const source = world.before(posix.join(posix.dirname(from), [name, ...rest].join("/")));
  return source.kind === "there" && !asOne ? carried(world, source, path) : source.kind === "absent" ? asOne : MAYBE;
}

/** The same thing at another path: a program stays that of its build. */
export function carried(world: World, source: Presence & { readonly kind: "there" }, path: string): Said {
  const { made, maker } = source;
  const { stage, step } = world;
  const { instruction, run } = step;
  return {
    says: "there",
    presence: {
      kind: "there",
      ...(made && { made: made.stage === stage ? { ...made, artifact: path } : made }),
      maker: { stage, instruction, run, what: maker?.what, content: maker?.content ?? { kind: "unknown" } },
    },
  };
}

function linked(world: World, { leadsTo, at, into }: Links, path: string): Said {
  if (!meet(at, path)) return undefined;
  const places = destinations(world, at, posix.basename(leadsTo), into);
  const answers = places.map((place): Said => {
    const below = within(place, path);
    if (below === undefined) return within(path, place) === undefined ? undefined : folder(world);
    const source = world.before(posix.join(posix.join(posix.dirname(place), leadsTo), below));
    if (source.kind === "there") {
      const said = carried(world, source, path);
      const kept = said?.says === "there" ? said.presence : undefined;
      return kept?.maker && below === ""
        ? { says: "there", presence: { ...kept, maker: { ...kept.maker, what: "link" } } }
        : said;
    }
    return below === "" ? there(world, "link", { kind: "unknown" }) : MAYBE;
  });
  if (places.length === 1) return answers[0];
  return answers.some((answer) => answer !== undefined) ? MAYBE : undefined;
}
