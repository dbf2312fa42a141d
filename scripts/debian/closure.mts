import type { IndexEntry, ReleaseIndex } from "./indexes.mjs";

/** From the least to the most needed on a system: of several that provide the same, the highest is taken. */
const PRIORITIES = ["extra", "optional", "standard", "important", "required"];

/** What the images have beside what is required: apt, and the sign that /bin is /usr/bin. */
const BESIDE = new Set(["apt", "usr-is-merged"]);

/** Which packages a package needs, and which it recommends, as apt settles it on a minimal system of the release. */
export class Closure {
  /** What the `-slim` image of the release holds: the packages that are required, apt, and what these need. */
  readonly base: ReadonlySet<string>;
  private readonly providers = new Map<string, string[]>();

  constructor(private readonly index: ReleaseIndex) {
    for (const { name, provides } of index.packages.values())
      for (const each of provides) {
        const known = this.providers.get(each);
        if (known) known.push(name);
        else this.providers.set(each, [name]);
      }
    const rank = (name: string) => PRIORITIES.indexOf(index.packages.get(name)?.priority ?? "");
    for (const each of this.providers.values()) each.sort((a, b) => rank(b) - rank(a));
    const required = [...index.packages.values()].filter(
      ({ essential, priority, name }) => essential || priority === "required" || BESIDE.has(name),
    );
    // Of alternatives they take what is required anyway.
    this.base = new Set(required.map(({ name }) => name));
    const needed = this.of(
      [...this.base].flatMap((name) => this.needs(name)),
      false,
    );
    this.base = new Set([...this.base, ...needed]);
  }

  /** A package of that name, or the one that provides it: zlib1g-dev for libz-dev. */
  realName(name: string): string | undefined {
    return this.index.packages.has(name) ? name : this.providers.get(name)?.[0];
  }

  /** All that an install of these adds to the base, themselves included. */
  of(names: readonly string[], recommends: boolean): ReadonlySet<string> {
    const all = new Set<string>();
    const open = [...names];
    for (let name = open.pop(); name !== undefined; name = open.pop()) {
      if (all.has(name) || this.base.has(name) || !this.index.packages.has(name)) continue;
      all.add(name);
      open.push(...this.needs(name), ...(recommends ? this.wants(name) : []));
    }
    return all;
  }

  /** The packages that one depends on, without those of the base. */
  needs(name: string): readonly string[] {
    return this.chosen(this.index.packages.get(name)?.depends);
  }

  /** Those that it recommends. */
  wants(name: string): readonly string[] {
    return this.chosen(this.index.packages.get(name)?.recommends);
  }

  /** For each relation the package that settles it, those of the base too. */
  choices(relations: IndexEntry["depends"] = []): readonly string[] {
    return [...new Set(relations.flatMap((each) => this.choice(each) ?? []))];
  }

  private chosen(relations?: IndexEntry["depends"]): readonly string[] {
    return this.choices(relations).filter((each) => !this.base.has(each) && !this.isThere(each));
  }

  /** Of alternatives the one that is there, else the first that exists, else the first provider. */
  private choice(alternatives: readonly string[]): string | undefined {
    const here = alternatives.find((name) => this.isThere(name));
    return here ?? alternatives.map((name) => this.realName(name)).find((name) => name !== undefined);
  }

  private isThere(name: string): boolean {
    return this.base.has(name) || (this.providers.get(name) ?? []).some((each) => this.base.has(each));
  }
}
