import { estimate } from "./go-table";
import { type PackageTable, packageTable, stackPackages } from "./package-table";
import { plainName } from "./packages";
import type { Size } from "./size";

/** Packages change while the table does not, and documentation is left out by the number of its files. */
const SLACK = 0.1;
/** With documentation and translations it is more than on a `-slim` image. */
const WITH_DOCUMENTATION = { low: 1, middle: 1.08, high: 1.16 };
const WITHOUT = { low: 1, middle: 1, high: 1 };
/** What dpkg and the loader note of any install, in KiB. */
const NOTES = 600;
const KIB = 1024;
/** Further packages share small parts with the largest: about so much of each is new. */
const NEW_PART = 0.8;

/** What packages are installed on. */
export interface InstallBase {
  /** The codename of a release of Debian. */
  readonly release: string;
  /** Documentation and translations are left out, as `-slim` images tell dpkg. */
  readonly slim: boolean;
  /** What the image holds beside the smallest of its release: an id of catalog/packages/images.json. */
  readonly stack?: string;
}

/** Installs on one image, one after the other: what one has brought the next does not bring again. */
export class InstallTally {
  private readonly table: PackageTable | undefined;
  private readonly names: Set<string>;
  private readonly shares = new Set<number>();
  /** The image has packages beside those of the base, and so parts of others that are not told apart. */
  private begun: boolean;

  constructor(private readonly base: InstallBase) {
    const { release, stack = "" } = base;
    this.table = packageTable(release);
    this.names = new Set(stackPackages().get(stack));
    this.begun = stack !== "";
    this.take(this.table?.stacks.get(stack)?.shares ?? []);
  }

  /**
   * The bytes that an install adds, by the sizes that the packagers counted. Undefined where the release is not in the table;
   * of packages that are not, only the others' bytes are known (`low`).
   */
  add(packages: readonly string[], recommends: boolean): Size | undefined {
    const { table, begun } = this;
    if (!table) return undefined;
    const names = [...new Set(packages.map(plainName))].filter((name) => !this.names.has(name));
    const rows = names.map((name) => table.row(name)).filter((row) => row !== undefined);
    const own = rows.map(({ kib, more }) => kib + (recommends ? more : 0)).sort((a, b) => b - a);
    const common = this.take(rows.flatMap((row) => (recommends ? [...row.shares, ...row.moreShares] : row.shares)));
    for (const name of names) this.names.add(name);
    this.begun ||= rows.length > 0;
    const [largest = 0] = own;
    const all = own.reduce((sum, kib) => sum + kib, 0);
    const { low, middle, high } = this.base.slim ? WITHOUT : WITH_DOCUMENTATION;
    const notes = common + largest > 0 ? NOTES : 0;
    // What is small may be there already.
    const least = (common + (begun ? 0 : largest)) * KIB * low * (1 - SLACK);
    if (rows.length < names.length) return estimate(null, least, undefined, table.asOf);
    const bytes = (common + largest + (all - largest) * NEW_PART) * middle + notes;
    const most = ((common + all) * high + 2 * notes) * (1 + SLACK);
    return estimate(bytes * KIB, least, most * KIB, table.asOf);
  }

  /** Notes that shares are there, with all that come along: the KiB of those that were not. */
  private take(places: readonly number[]): number {
    let kib = 0;
    const open = [...places];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      if (this.shares.has(at)) continue;
      this.shares.add(at);
      const share = this.table?.share(at);
      kib += share?.kib ?? 0;
      open.push(...(share?.implies ?? []));
    }
    return kib;
  }
}

/** The bytes that one install of packages adds to an image of a release, as an InstallTally says. */
export function installSize(
  release: string,
  packages: readonly string[],
  { recommends, ...base }: Omit<InstallBase, "release"> & { readonly recommends: boolean },
): Size | undefined {
  return new InstallTally({ release, ...base }).add(packages, recommends);
}
