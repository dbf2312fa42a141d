import { estimate } from "./go-table";
import { type PackageName, packageNames, packageTable, type Share, stackPackages } from "./package-table";
import type { Size } from "./size";

/** What is known of a package on one release. */
export interface OsPackage extends PackageName {
  /** Part of the `-slim` image of the release. */
  readonly inBase: boolean;
}

/**
 * A package on a release of Debian (codename), from its archive (catalog/packages). Undefined where the table has no such
 * release, or no such package in it: that is unknown. A name that stands for a package (libz-dev) is answered with that one.
 */
export function osPackage(release: string, name: string): OsPackage | undefined {
  return packageTable(release)?.rows.get(plainName(name));
}

/** What a package of this name is for, on any release of Debian and of what is made of it; undefined where that is unknown. */
export function packageKind(name: string): PackageName["kind"] | undefined {
  return packageNames().get(plainName(name))?.kind;
}

/**
 * The packages that a program needs at run time which is built with this one: libpq5 for libpq-dev, none for headers alone.
 * Undefined where that is not known, and for packages that are not for linking with.
 */
export function runtimeOf(release: string, name: string): readonly string[] | undefined {
  return packageTable(release)?.rows.get(plainName(name))?.runtime;
}

/** The package of a release that brings a shared library: libpq5 for `libpq.so.5`. Undefined where that is not known. */
export function packageOfLibrary(release: string, library: string): string | undefined {
  for (const { name, kind, libraries } of packageTable(release)?.rows.values() ?? [])
    if (kind === "runtime" && libraries?.includes(library)) return name;
  return undefined;
}

/** Packages change while the table does not, and documentation is left out by the number of its files. */
const SLACK = 0.1;
/** With documentation and translations it is more than on a `-slim` image. */
const WITH_DOCUMENTATION = { low: 1, middle: 1.08, high: 1.16 };
/** What dpkg and the loader note of any install, in KiB. */
const NOTES = 600;
const KIB = 1024;
/** Further packages share small parts with the largest: about so much of each is new. */
const NEW_PART = 0.8;

/** On what an install of packages is made, and how. */
export interface InstallOptions {
  readonly recommends: boolean;
  /** Documentation and translations are left out, as `-slim` images tell dpkg. */
  readonly slim: boolean;
  /** What the image holds beside the smallest of its release: an id of catalog/packages/images.json. */
  readonly stack?: string;
}

/**
 * The bytes that an install of packages adds to an image of a release, by the sizes that their packagers counted. Undefined
 * where the release is not in the table; of packages that are not, only the others' bytes are known (`low`).
 */
export function installSize(release: string, packages: readonly string[], options: InstallOptions): Size | undefined {
  const table = packageTable(release);
  if (!table) return undefined;
  const stack = options.stack === undefined ? undefined : table.stacks.get(options.stack);
  const there = stackPackages().get(options.stack ?? "");
  const names = new Set(packages.map(plainName).filter((name) => !there?.has(name)));
  const rows = [...names].map((name) => table.rows.get(name)).filter((row) => row !== undefined);
  const own = rows.map(({ kib, more }) => kib + (options.recommends ? more : 0)).sort((a, b) => b - a);
  const held = sharesOf(table.shares, stack?.shares ?? []);
  const shares = rows.flatMap((row) => (options.recommends ? [...row.shares, ...row.moreShares] : row.shares));
  const common = sum(
    [...sharesOf(table.shares, shares)].map((at) => (held.has(at) ? 0 : (table.shares[at]?.kib ?? 0))),
  );
  const [largest = 0] = own;
  const { low, middle, high } = options.slim ? { low: 1, middle: 1, high: 1 } : WITH_DOCUMENTATION;
  const notes = common + largest > 0 ? NOTES : 0;
  // What is small may be there already.
  const least = (common + (stack ? 0 : largest)) * KIB * low * (1 - SLACK);
  if (rows.length < names.size) return estimate(null, least, undefined, table.asOf);
  const bytes = (common + largest + (sum(own) - largest) * NEW_PART) * middle + notes;
  const most = ((common + sum(own)) * high + 2 * notes) * (1 + SLACK);
  return estimate(bytes * KIB, least, most * KIB, table.asOf);
}

/** The shares that these bring, with all that come along. */
function sharesOf(shares: readonly Share[], places: readonly number[]): ReadonlySet<number> {
  const found = new Set<number>();
  const open = [...places];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (found.has(at)) continue;
    found.add(at);
    open.push(...(shares[at]?.implies ?? []));
  }
  return found;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}

/** A name without architecture and version, and without the sign behind it that tells apt-get(8) what to do. */
function plainName(name: string): string {
  const plain = name.replace(/[:=/].*$/s, "");
  return plain.endsWith("+") && !plain.endsWith("++") ? plain.slice(0, -1) : plain;
}
