/** What installs have in common, so that two of them together are not counted twice. */
export interface Share {
  readonly kib: number;
  /** Shares that every install has which has this one. */
  readonly implies: readonly number[];
}

/** What an install adds to a minimal system: its own part, and shares. */
export interface InstallParts {
  readonly kib: number;
  readonly shares: readonly number[];
}

/** What is smaller is counted with each install that has it. */
const SMALLEST = 2000;

/**
 * Cuts installs into parts that several have in common: the packages that the same installs bring are one share.
 * @param installs for each the packages that it brings; two of each package, without and with what is recommended
 * @param sizeOf KiB of a package
 */
export function shared(
  installs: readonly ReadonlySet<string>[],
  sizeOf: (name: string) => number,
): { readonly shares: readonly Share[]; readonly parts: readonly InstallParts[] } {
  const all = cut(installs, sizeOf);
  const of = installs.map((): Part[] => []);
  for (const share of all) for (const at of share.installs) of[at]?.push(share);
  const place = new Map(all.map((share, at) => [share, at]));
  const smallest = (parts: readonly Part[]) => {
    const implied = new Set(parts.flatMap((each) => all.filter((other) => implies(each, other))));
    return parts.filter((each) => !implied.has(each)).map((each) => place.get(each) ?? 0);
  };
  return {
    shares: all.map((share) => ({
      kib: share.kib,
      implies: smallest(all.filter((other) => implies(share, other))),
    })),
    parts: installs.map((names, at) => {
      const parts = of[at] ?? [];
      const total = [...names].reduce((sum, name) => sum + sizeOf(name), 0);
      return { kib: total - parts.reduce((sum, { kib }) => sum + kib, 0), shares: smallest(parts) };
    }),
  };
}

interface Part {
  readonly kib: number;
  readonly installs: ReadonlySet<number>;
}

/** The shares, the largest first. */
function cut(installs: readonly ReadonlySet<string>[], sizeOf: (name: string) => number): readonly Part[] {
  const users = new Map<string, number[]>();
  installs.forEach((names, at) => {
    for (const name of names) {
      const known = users.get(name);
      if (known) known.push(at);
      else users.set(name, [at]);
    }
  });
  const parts = new Map<string, { kib: number; installs: ReadonlySet<number> }>();
  for (const [name, places] of users) {
    const key = places.join(",");
    const part = parts.get(key) ?? { kib: 0, installs: new Set(places) };
    part.kib += sizeOf(name);
    parts.set(key, part);
  }
  return [...parts.values()]
    .filter(({ kib, installs }) => kib >= SMALLEST && new Set([...installs].map((at) => at >> 1)).size > 1)
    .sort((a, b) => b.kib - a.kib || b.installs.size - a.installs.size);
}

function implies(one: Part, other: Part): boolean {
  if (one === other || one.installs.size > other.installs.size) return false;
  return [...one.installs].every((each) => other.installs.has(each));
}
