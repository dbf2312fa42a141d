import { once } from "../text/once";
import { GO_AS_OF, GO_LINKS, GO_MODULES, GO_PROGRAMS } from "./go-data";
import { estimate, readLines } from "./go-table";
import type { Size } from "./size";

export { aptListsSize, goInstallSize, goPackageVersion } from "./go-installs";

type Measure = "plain" | "stripped" | "cache";
type Sizes = Readonly<Record<Measure, number>>;

interface Version {
  readonly minor: number;
  /** By place in the table; undefined where that Go cannot build the program. */
  readonly programs: readonly (Sizes | undefined)[];
}

const versions = once((): readonly Version[] =>
  readLines(GO_PROGRAMS).map(([version = "", ...programs]) => ({
    minor: minorOf(version) ?? 0,
    programs: programs.map(readSizes),
  })),
);
/** Which measured programs link a package of the standard library, by place. */
interface Linked {
  readonly all: readonly number[];
  /** Those that were written to measure it, else all: some that link it have next to nothing of it. */
  readonly users: readonly number[];
}

const links = once(
  (): ReadonlyMap<string, Linked> =>
    new Map(
      readLines(GO_LINKS).map(([name = "", text = ""]) => {
        const places = text
          .split(",")
          .map((each) => ({ place: Number(each.replace("=", "")), imports: each.startsWith("=") }));
        const users = places.filter(({ imports }) => imports);
        return [
          name,
          {
            all: places.map(({ place }) => place),
            users: (users.length > 0 ? users : places).map(({ place }) => place),
          },
        ];
      }),
    ),
);
const modules = once(() =>
  readLines(GO_MODULES).flatMap(([module = "", , sizes = ""]) => {
    const read = readSizes(sizes);
    return read ? [{ module, sizes: read }] : [];
  }),
);

/** What the author's own code adds at most to what the measured programs have, and what it may use less of them. */
const OWN_CODE = 0.08;
const UNUSED = 0.03;
/** Sizes go up and down between versions of Go; one that was not measured may be so far off. */
const VERSION_SLACK = 0.12;
/** A program may use more of a module than the measured one. */
const MODULE_SLACK = 0.4;

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

/** What a program is known to use. */
interface Uses {
  /** For each import from the standard library that a measured program links: which do. */
  readonly standard: readonly Linked[];
  /** The measured programs that use modules which it imports. */
  readonly modules: readonly { readonly sizes: Sizes }[];
  /** Whether there may be more: imports that were not measured, or that nobody has seen. */
  readonly unknown: boolean;
}

function measure(
  imports: readonly string[] | undefined,
  goVersion: string | undefined,
  what: Measure,
  thirdParty: boolean | undefined,
): Size {
  const uses = usesOf(imports, thirdParty);
  const minor = goVersion === undefined ? undefined : minorOf(goVersion);
  // Without a version it is the newest that people get, and any that was measured may be meant.
  const ranges = (minor === undefined ? versions() : [nearest(minor)]).map((version) => rangeOf(version, uses, what));
  const best = ranges.at(-1) ?? { low: 0, bytes: 0, high: 0 };
  const slack = minor === undefined || versions().some((version) => version.minor === minor) ? 0 : VERSION_SLACK;
  const low = Math.min(...ranges.map((range) => range.low)) * (1 - slack);
  const high = Math.max(...ranges.map((range) => range.high)) * (1 + slack);
  return estimate(best.bytes, low, high, GO_AS_OF);
}

function usesOf(imports: readonly string[] | undefined, thirdParty: boolean | undefined): Uses {
  const paths = [...new Set(imports)];
  const others = thirdParty === false ? [] : paths.filter(isThirdParty);
  const known = modules().filter(({ module }) => others.some((path) => isIn(path, module)));
  return {
    // A package that no measured program links is taken for a small one.
    standard: paths.map((path) => links().get(path)).filter((linked) => linked !== undefined),
    modules: known,
    unknown:
      imports === undefined ||
      (thirdParty === true && others.length === 0) ||
      others.some((path) => !known.some(({ module }) => isIn(path, module))),
  };
}

function isIn(path: string, module: string): boolean {
  return path === module || path.startsWith(`${module}/`);
}

function rangeOf(version: Version, uses: Uses, what: Measure): Range {
  const own = fromLibrary(version, uses.standard, what);
  const factor = factorOf(version, what);
  const measured = uses.modules.map(({ sizes }) => sizes[what] * factor);
  const linked = Math.max(own.bytes, ...measured);
  const low = Math.max(own.low, ...measured.map((bytes) => bytes * (1 - VERSION_SLACK)));
  if (!uses.unknown)
    return { low, bytes: linked, high: Math.max(own.high, ...measured.map((bytes) => bytes * (1 + MODULE_SLACK))) };
  const high = Math.max(own.high, ...modules().map(({ sizes }) => sizes[what] * factor));
  // Most programs are far from the largest that modules can make: the geometric mean.
  return { low, bytes: Math.sqrt(low * high), high };
}

/** What a program takes that uses only the standard library. */
function fromLibrary(version: Version, used: Uses["standard"], what: Measure): Range {
  const sizes = sizesIn(version, what);
  const size = (place: number) => sizes[place] ?? Number.POSITIVE_INFINITY;
  const smallest = (places: readonly number[]) =>
    places.reduce((best, place) => (size(place) < size(best) ? place : best), places[0] ?? 0);
  const empty = Math.min(...sizes);
  let rest = used
    .map(({ all, users }) => ({ all, program: smallest(users) }))
    .sort((a, b) => size(b.program) - size(a.program));
  type Need = (typeof rest)[number];
  // What links a package and is smaller than all that use it has only a shadow of it.
  const covers = (place: number, { all, program }: Need) => all.includes(place) && size(place) >= size(program);
  const together = sizes.filter((_, place) => rest.every((need) => covers(place, need)));
  const low = Math.max(empty, ...rest.slice(0, 1).map(({ program }) => size(program)));
  // The programs that make up what it uses, the largest first. Each further one adds what it has beyond the largest
  // program that is a part of it and of one before it.
  const chosen: number[] = [];
  let added = 0;
  for (let [next] = rest; next; [next] = rest) {
    const { program } = next;
    const parts = partsOf(program).filter((part) => chosen.some((each) => partsOf(each).includes(part)));
    added += size(program) - Math.max(0, ...parts.map(size));
    chosen.push(program);
    rest = rest.filter((need) => !covers(program, need));
  }
  const high = Math.max(low, Math.min(added, ...together));
  const slack = chosen.every((place) => version.programs[place]) ? 0 : VERSION_SLACK;
  return { low: low * (1 - UNUSED - slack), bytes: (low + high) / 2, high: high * (1 + OWN_CODE + slack) };
}

/** The measured programs, by place, whose packages are all in that one, itself included. */
function partsOf(program: number): readonly number[] {
  return parts()[program] ?? [];
}

const parts = once(() => {
  const packages = (versions().at(-1)?.programs ?? []).map((_, place) =>
    [...links()].filter(([, { all }]) => all.includes(place)).map(([name]) => name),
  );
  return packages.map((whole) =>
    packages.flatMap((each, place) => (each.every((name) => whole.includes(name)) ? [place] : [])),
  );
});

/** The size of each program by its place; one that was not measured with this version is scaled from the newest. */
function sizesIn(version: Version, what: Measure): readonly number[] {
  const factor = factorOf(version, what);
  const newest = versions().at(-1)?.programs ?? [];
  return newest.map(
    (sizes, place) => version.programs[place]?.[what] ?? (sizes ? sizes[what] * factor : Number.POSITIVE_INFINITY),
  );
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
