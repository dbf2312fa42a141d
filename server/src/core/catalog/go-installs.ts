import { once } from "../text/once";
import { GO_AS_OF, GO_INSTALLS } from "./go-data";
import { estimate, readLines } from "./go-table";
import type { Size } from "./size";

/** Packages change while the table does not: an install may be so much smaller or larger. */
const SLACK = 0.06;
/** Further packages share most of what they pull in: of all but the largest, this part is new. */
const NEW_PART = 0.25;

interface Release {
  readonly distro: string;
  readonly release: string;
  readonly goVersion: string;
  readonly lists: number;
  /** Bytes by package, with and without Recommends; with a + before it, those that it adds beside Go. */
  readonly packages: ReadonlyMap<string, readonly [number, number]>;
}

const releases = once((): readonly Release[] =>
  readLines(GO_INSTALLS).map(([distro = "", release = "", goVersion = "", lists = "", ...packages]) => ({
    distro,
    release,
    goVersion,
    lists: Number(lists),
    packages: new Map(packages.map((each) => readInstall(each.split(":")))),
  })),
);

function readInstall([name = "", recommends, plain]: readonly string[]): readonly [string, readonly [number, number]] {
  return [name, [Number(recommends), Number(plain)]];
}

function releaseOf(distro: string, release: string): Release | undefined {
  return releases().find((each) => each.distro === distro && each.release === release);
}

/**
 * The bytes that `apt-get install` of Go adds to an image of a release (codename), and those of the lists that
 * `apt-get update` leaves behind, from layers measured for catalog/go-packages.json. Undefined where no Go package is
 * among them or the release was not measured; of packages that are not in the table only the others' bytes are known.
 */
export function goInstallSize(
  distro: string,
  release: string,
  packages: readonly string[],
  options: { readonly recommends: boolean; readonly listsKept: boolean },
): Size | undefined {
  const found = releaseOf(distro, release);
  const names = new Set(packages.map((name) => name.replace(/[:=/].*$/s, "")));
  const go = ["golang", "golang-go"].find((name) => names.has(name));
  if (!found || go === undefined) return undefined;
  names.delete("golang");
  names.delete("golang-go");
  const bytesOf = (name: string) => found.packages.get(name)?.[options.recommends ? 0 : 1];
  const known = [...names].map((name) => bytesOf(`+${name}`)).filter((bytes) => bytes !== undefined);
  const [largest = 0, ...others] = known.sort((a, b) => b - a);
  const shared = others.reduce((total, bytes) => total + bytes, 0);
  const fixed = (bytesOf(go) ?? 0) + largest + (options.listsKept ? found.lists : 0);
  const low = fixed * (1 - SLACK);
  return known.length < names.size
    ? estimate(null, low, undefined, GO_AS_OF)
    : estimate(fixed + shared * NEW_PART, low, (fixed + shared) * (1 + SLACK), GO_AS_OF);
}

/** The bytes of the lists that `apt-get update` leaves in an image of a release (codename), from the same layers. */
export function aptListsSize(distro: string, release: string): Size | undefined {
  const lists = releaseOf(distro, release)?.lists;
  return lists ? estimate(lists, lists * (1 - SLACK), lists * (1 + SLACK), GO_AS_OF) : undefined;
}

/** The version of Go, such as 1.26, that the packages of a release (codename) install. */
export function goPackageVersion(distro: string, release: string): string | undefined {
  return releaseOf(distro, release)?.goVersion;
}
