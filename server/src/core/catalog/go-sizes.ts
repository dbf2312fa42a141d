import { GO_AS_OF, GO_INSTALLS, GO_LINKS, GO_MODULES, GO_PROGRAMS } from "./go-data";
import { CATALOG_PLATFORM, type Size } from "./size";

/** Packages change while the table does not: an install may be so much smaller or larger. */
const INSTALL_SLACK = 0.06;
/** Further packages share most of what they pull in: of all but the largest, this part is new. */
const NEW_PART = 0.25;

interface Release {
  readonly distro: string;
  readonly release: string;
  readonly goVersion: string;
  readonly lists: number;
  /** Bytes by package, with and without Recommends. */
  readonly packages: ReadonlyMap<string, readonly [number, number]>;
}

const releases = once((): readonly Release[] =>
  lines(GO_INSTALLS).map(([distro = "", release = "", goVersion = "", lists = "", ...packages]) => ({
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
  const found = releases().find((each) => each.distro === distro && each.release === release);
  const names = new Set(packages.map((name) => name.replace(/[:=/].*$/, "")));
  const go = ["golang", "golang-go"].find((name) => names.has(name));
  if (!found || go === undefined) return undefined;
  names.delete("golang");
  names.delete("golang-go");
  const bytesOf = (name: string) => found.packages.get(name)?.[options.recommends ? 0 : 1];
  const beside = [...names].map((name) => bytesOf(`+${name}`));
  const known = beside.filter((bytes) => bytes !== undefined).sort((a, b) => b - a);
  const [largest = 0, ...others] = known;
  const shared = others.reduce((total, bytes) => total + bytes, 0);
  const fixed = (bytesOf(go) ?? 0) + largest + (options.listsKept ? found.lists : 0);
  const low = Math.floor(fixed * (1 - INSTALL_SLACK));
  return known.length < names.size
    ? { ...estimate(null, low), asOf: GO_AS_OF }
    : { ...estimate(fixed + shared * NEW_PART, low, (fixed + shared) * (1 + INSTALL_SLACK)), asOf: GO_AS_OF };
}

/** The version of Go, such as 1.26, that the packages of a release (codename) install. */
export function goPackageVersion(distro: string, release: string): string | undefined {
  return releases().find((each) => each.distro === distro && each.release === release)?.goVersion;
}

type Measure = "plain" | "stripped" | "cache";
type Sizes = Readonly<Record<Measure, number>>;

interface Version {
  readonly minor: number;
  /** By place in the table; undefined where that Go cannot build the program. */
  readonly programs: readonly (Sizes | undefined)[];
}

const versions = once((): readonly Version[] =>
  lines(GO_PROGRAMS).map(([version = "", ...programs]) => ({
    minor: minorOf(version) ?? 0,
    programs: programs.map(readSizes),
  })),
);
const links = once(
  (): ReadonlyMap<string, readonly number[]> =>
    new Map(lines(GO_LINKS).map(([name = "", places = ""]) => [name, places.split(",").map(Number)])),
);
const modules = once(() =>
  lines(GO_MODULES).flatMap(([module = "", , sizes = ""]) => {
    const read = readSizes(sizes);
    return read ? [{ module, sizes: read }] : [];
  }),
);

/** What the author's own code adds at most to what the measured programs have, and what it may use less of them. */
const OWN_CODE = 0.08;
const UNUSED = 0.03;
/** Sizes go up and down between versions of Go; one that was not measured may be so far off. */
const VERSION_SLACK = 0.12;

/**
 * The bytes of a Go program (linux/amd64, CGO_ENABLED=0), from the measured programs of catalog/go-programs.json that
 * link what it imports. Imports of its own modules or of ones that were not measured make the range wide, as do
 * imports that are not known at all.
 */
export function goProgramSize(
  imports: readonly string[] | undefined,
  options: { readonly stripped: boolean; readonly goVersion?: string; readonly thirdParty?: boolean },
): Size {
  return measure(imports, options.goVersion, options.stripped ? "stripped" : "plain", options.thirdParty);
}

/**
 * The bytes of the build cache that one plain `go build` leaves in the layer: since Go 1.20 the compiled standard
 * library is in it. Undefined for what is no version of Go.
 */
export function goBuildCacheSize(goVersion: string | undefined, imports?: readonly string[]): Size | undefined {
  if (goVersion !== undefined && minorOf(goVersion) === undefined) return undefined;
  return measure(imports, goVersion, "cache", undefined);
}

interface Range {
  readonly low: number;
  readonly bytes: number;
  readonly high: number;
}

function measure(
  imports: readonly string[] | undefined,
  goVersion: string | undefined,
  what: Measure,
  thirdParty: boolean | undefined,
): Size {
  const minor = goVersion === undefined ? undefined : minorOf(goVersion);
  const newest = versions().at(-1);
  const wanted = minor ?? newest?.minor ?? 0;
  // Without a version it is the newest that people get, and any that was measured may be meant.
  const ranges = (minor === undefined ? versions() : [nearest(wanted)]).map((version) =>
    rangeOf(version, imports, what, thirdParty),
  );
  const best = ranges.at(-1) ?? { low: 0, bytes: 0, high: 0 };
  const slack = minor === undefined || versions().some((version) => version.minor === minor) ? 0 : VERSION_SLACK;
  const low = Math.min(...ranges.map((range) => range.low)) * (1 - slack);
  const high = Math.max(...ranges.map((range) => range.high)) * (1 + slack);
  return { ...estimate(best.bytes, Math.floor(low), high), asOf: GO_AS_OF };
}

function rangeOf(
  version: Version,
  imports: readonly string[] | undefined,
  what: Measure,
  thirdParty: boolean | undefined,
): Range {
  const standard = (imports ?? []).filter((path) => !isThirdParty(path));
  const others = (imports ?? []).filter(isThirdParty);
  const own = fromLibrary(version, standard, what);
  if (imports !== undefined && (thirdParty === false || (others.length === 0 && !thirdParty))) return own;
  const factor = factorOf(version, what);
  const known = modules().filter(({ module }) =>
    others.some((path) => path === module || path.startsWith(`${module}/`)),
  );
  const linked = Math.max(own.bytes, ...known.map(({ sizes }) => sizes[what] * factor));
  if (
    imports !== undefined &&
    others.length > 0 &&
    others.every((path) => known.some(({ module }) => path === module || path.startsWith(`${module}/`)))
  ) {
    return { low: linked * (1 - VERSION_SLACK), bytes: linked, high: linked * (1 + 3 * VERSION_SLACK) };
  }
  const most = Math.max(linked, ...modules().map(({ sizes }) => sizes[what] * factor));
  const least = Math.max(own.low, ...known.map(({ sizes }) => sizes[what] * factor * (1 - VERSION_SLACK)));
  // Most programs are far from the largest that modules can make: the geometric mean.
  return { low: least, bytes: Math.sqrt(Math.max(least, 1) * most), high: most };
}

/** What a program takes that imports only packages of the standard library. */
function fromLibrary(version: Version, imports: readonly string[], what: Measure): Range {
  const smallest = (places: readonly number[]) =>
    Math.min(...places.flatMap((place) => version.programs[place]?.[what] ?? []));
  const all = version.programs.map((_, place) => place);
  const empty = smallest(all);
  // A package that no measured program links is taken for a small one.
  const known = imports.map((path) => links().get(path)).filter((places) => places !== undefined);
  const single = known.map(smallest).filter(Number.isFinite);
  const low = Math.max(empty, ...single);
  const together = smallest(all.filter((place) => known.every((places) => places.includes(place))));
  // Each next package adds at most what it adds to an empty program.
  const added = [...new Set(single)].reduce((total, bytes) => total + bytes - empty, empty);
  const high = Math.max(low, Math.min(together, added));
  return { low: low * (1 - UNUSED), bytes: (low + high) / 2, high: high * (1 + OWN_CODE) };
}

/** How a version compares with the newest, by the largest program that both have. */
function factorOf(version: Version, what: Measure): number {
  const newest = versions().at(-1)?.programs ?? [];
  const pairs = newest.flatMap((sizes, place) => {
    const other = version.programs[place];
    return sizes && other ? [[sizes[what], other[what]] as const] : [];
  });
  const [reference, own] = pairs.sort(([a], [b]) => b - a)[0] ?? [1, 1];
  return own / reference;
}

function nearest(minor: number): Version {
  const [first, ...rest] = versions();
  if (!first) return { minor, programs: [] };
  return rest.reduce(
    (best, version) => (Math.abs(version.minor - minor) < Math.abs(best.minor - minor) ? version : best),
    first,
  );
}

/** The first part of a module's path has a dot; the standard library's have none. */
function isThirdParty(path: string): boolean {
  return path.split("/", 1)[0]?.includes(".") ?? false;
}

/** 26 of 1.26, go1.26.8 or 1.26rc1. */
function minorOf(version: string): number | undefined {
  const [, minor] = /^(?:go)?1\.(\d{1,3})(?!\d)/.exec(version) ?? [];
  return minor === undefined ? undefined : Number(minor);
}

function readSizes(text: string): Sizes | undefined {
  const [plain, stripped, cache] = text.split(",").map(Number);
  return plain === undefined || stripped === undefined || cache === undefined ? undefined : { plain, stripped, cache };
}

/** What a table says, read when first asked for. */
function once<T extends object>(read: () => T): () => T {
  let value: T | undefined;
  return () => {
    value ??= read();
    return value;
  };
}

function lines(table: string): readonly (readonly string[])[] {
  return table
    .trim()
    .split("\n")
    .map((line) => line.split(" "));
}

function estimate(bytes: number | null, low: number, high?: number): Size {
  return {
    bytes: bytes === null ? null : Math.round(bytes),
    low: Math.round(low),
    ...(high === undefined ? {} : { high: Math.ceil(high) }),
    kind: "unpacked",
    source: "estimate",
    platform: CATALOG_PLATFORM,
  };
}
