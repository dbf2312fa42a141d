/** A target of a bake file, as far as its words are plain; undefined where it does not say, or a variable hides it. */
export interface BakeTarget {
  readonly context: string | undefined;
  readonly dockerfile: string | undefined;
  readonly target: string | undefined;
  /** Those of them that are set, plain or not, and whether the Dockerfile stands in the bake file. */
  readonly sets: ReadonlySet<string>;
  readonly inherits: readonly string[];
}

/** The targets of a bake file in HCL, by their names (docs.docker.com/build/bake/reference). */
export function readBakeHcl(text: string): ReadonlyMap<string, BakeTarget> {
  const targets = new Map<string, BakeTarget>();
  const head = /^[ \t]*target[ \t]+"([^"\n]*)"[ \t]*\{/gm;
  for (let match = head.exec(text); match; match = head.exec(text)) {
    const block = blockFrom(text, head.lastIndex);
    head.lastIndex += block.length;
    targets.set(match[1] ?? "", bakeTarget(attributesOf(block)));
  }
  return targets;
}

/** The targets of a bake file in JSON. */
export function readBakeJson(value: unknown): ReadonlyMap<string, BakeTarget> {
  const targets = isRecord(value) && isRecord(value.target) ? Object.entries(value.target) : [];
  return new Map(
    targets.map(([name, each]) => [name, bakeTarget(new Map(isRecord(each) ? Object.entries(each) : []))]),
  );
}

/** Parents of parents of parents: beyond these nothing is inherited. */
const MAX_DEPTH = 16;

/** Targets with what they inherit; their own words win, and of several parents the last one's. Each is asked once. */
export class Inherited {
  private readonly known = new Map<string, BakeTarget>();

  constructor(private readonly targets: ReadonlyMap<string, BakeTarget>) {}

  of(name: string, depth = 0): BakeTarget {
    const known = this.known.get(name);
    if (known) return known;
    const own = this.targets.get(name) ?? bakeTarget(new Map());
    // Who inherits from itself is no target.
    this.known.set(name, own);
    if (depth > MAX_DEPTH) return own;
    const target = own.inherits.reduceRight((merged, parent) => merge(merged, this.of(parent, depth + 1)), own);
    this.known.set(name, target);
    return target;
  }
}

function merge(own: BakeTarget, from: BakeTarget): BakeTarget {
  const take = (key: "context" | "dockerfile" | "target") => (own.sets.has(key) ? own[key] : from[key]);
  return {
    context: take("context"),
    dockerfile: take("dockerfile"),
    target: take("target"),
    sets: new Set([...own.sets, ...from.sets]),
    inherits: own.inherits,
  };
}

const READ = ["context", "dockerfile", "target", "dockerfile-inline"];

function bakeTarget(attributes: ReadonlyMap<string, unknown>): BakeTarget {
  const plain = (name: string): string | undefined => {
    const value = attributes.get(name);
    return typeof value === "string" && !value.includes("$") ? value : undefined;
  };
  const inherits: unknown = attributes.get("inherits");
  return {
    context: plain("context"),
    dockerfile: plain("dockerfile"),
    target: plain("target"),
    sets: new Set(READ.filter((name) => attributes.has(name))),
    inherits: Array.isArray(inherits) ? inherits.filter((each) => typeof each === "string") : [],
  };
}

/** The text up to the brace that closes the one before it; braces in strings are taken to come in pairs. */
function blockFrom(text: string, start: number): string {
  let open = 1;
  for (let at = start; at < text.length; at++) {
    if (text[at] === "{") open++;
    else if (text[at] === "}" && --open === 0) return text.slice(start, at);
  }
  return text.slice(start);
}

/** `name = …` at the starts of lines: a string, a list of strings, or something else, which is undefined. */
function attributesOf(block: string): ReadonlyMap<string, unknown> {
  return new Map(
    [...block.matchAll(/^[ \t]*([\w-]+)[ \t]*=[ \t]*(?:"([^"\n]*)"[ \t]*(?:#.*)?$|\[([^\]=]*)\])?/gm)].map(
      ([, name = "", text, list]) => [name, text ?? list?.match(/[^",\s]+/g)?.map((each) => each)],
    ),
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
