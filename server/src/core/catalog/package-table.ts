import { once } from "./go-table";
import { PACKAGES, RELEASES, STACKS } from "./packages-data";

/** What Debian's archive says of a package, whatever the release. */
export interface PackageName {
  readonly name: string;
  /** For building alone: compilers, headers. At run time: libraries, data, interpreters, servers. Or a tool of people and scripts. */
  readonly kind: "build" | "runtime" | "tool";
  /** The shared libraries that it brings, by the names that programs ask for; they stand in /usr/lib/TRIPLET or /lib/TRIPLET. Undefined: unknown. */
  readonly libraries: readonly string[] | undefined;
  /** Its own programs, without links that are made when it is set up. Undefined: unknown, as of all for building. */
  readonly commands: readonly string[] | undefined;
}

/** What several installs have in common. */
export interface Share {
  readonly kib: number;
  /** Places of further shares that come with it. */
  readonly implies: readonly number[];
}

/** A package of one release. */
export interface PackageRow extends PackageName {
  /** Part of the `-slim` image of the release. */
  readonly inBase: boolean;
  /** KiB of its own, and what the packages that it recommends add. */
  readonly kib: number;
  readonly more: number;
  /** Places of shares. */
  readonly shares: readonly number[];
  readonly moreShares: readonly number[];
  /** The packages that what is built with it needs at run time. */
  readonly runtime: readonly string[] | undefined;
}

/** What an install adds, or an image has beside the base. */
export type Parts = Pick<PackageRow, "kib" | "shares">;

/** A release. */
export interface PackageTable {
  readonly asOf: string;
  readonly rows: ReadonlyMap<string, PackageRow>;
  readonly shares: readonly Share[];
  /** What images hold beside the base, by the id of catalog/packages/images.json. */
  readonly stacks: ReadonlyMap<string, Parts>;
  /** The shared libraries of images, by the same ids; `slim` is the base. */
  readonly images: ReadonlyMap<string, ReadonlySet<string>>;
}

const tables = new Map<string, PackageTable>();

/** The table of a release (codename), read when first asked for; undefined where there is none. */
export function packageTable(release: string): PackageTable | undefined {
  const known = tables.get(release);
  const data = Object.hasOwn(RELEASES, release) ? RELEASES[release] : undefined;
  if (known || !data) return known;
  const all = [...packageNames().values()];
  const lines = data.rows.split("\n");
  const rows = all.flatMap(({ name }, at) => {
    const line = lines[at] ?? "";
    // A name that no package has leads to the one that apt installs for it.
    const place = line.startsWith("@") ? number(line.slice(1)) : at;
    const real = all[place];
    return line && real ? [[name, readRow(lines[place] ?? "", real, all)] as const] : [];
  });
  const table = {
    asOf: data.asOf,
    rows: new Map(rows),
    shares: data.shares.split(",").map(readShare),
    stacks: new Map(data.stacks.split(",").map(readStack)),
    images: new Map(data.images.split("\n").flatMap(readImages)),
  };
  tables.set(release, table);
  return table;
}

/** All packages of the table, by name. */
export const packageNames = once(
  (): ReadonlyMap<string, PackageName> =>
    new Map(
      PACKAGES.trim()
        .split("\n")
        .map(readName)
        .map((each) => [each.name, each]),
    ),
);

/** The packages that images were told to install beside those of the smallest, by the id of the image's list. */
export const stackPackages = once((): ReadonlyMap<string, ReadonlySet<string>> => {
  const stacks = new Map<string, ReadonlySet<string>>();
  for (const line of STACKS.trim().split("\n")) {
    const [id = "", on = "", ...names] = line.split(" ");
    stacks.set(id, new Set([...(stacks.get(on) ?? []), ...names]));
  }
  return stacks;
});

function readName(line: string): PackageName {
  const [name = "", kind, libraries = "", commands = ""] = line.split(" ");
  return {
    name,
    kind: kind === "b" ? "build" : kind === "t" ? "tool" : "runtime",
    libraries: libraries === "=" ? [libraryNamed(name)] : listOf(libraries)?.map(libraryOf),
    commands: kind === "b" ? undefined : commands === "=" ? [name] : listOf(commands),
  };
}

function listOf(text: string): readonly string[] | undefined {
  if (text === "?") return undefined;
  return text === "" ? [] : text.split(",");
}

/** `pq*5`: libpq.so.5; `/ld-linux*2`: ld-linux.so.2. */
function libraryOf(text: string): string {
  const name = text.startsWith("/") ? text.slice(1) : `lib${text}`;
  return name.replace("*", ".so.");
}

/** The library that a package is called by: libpq5, libev4t64. */
function libraryNamed(name: string): string {
  return name.replace(/^lib(.+?)-?(\d[\d.]*)(?:t64)?$/, "lib$1.so.$2");
}

/** `KIB+MORE SHARES/MORE>RUNTIME`; a point for what is in the base. */
function readRow(line: string, name: PackageName, all: readonly PackageName[]): PackageRow {
  const [install = "", runtime] = line.split(">");
  const [sizes = "", moreShares = ""] = install.split("/");
  const [own = "", shares = ""] = sizes.split(" ");
  const [kib = "", more = ""] = own.split("+");
  return {
    ...name,
    inBase: install === ".",
    kib: number(kib),
    more: number(more),
    shares: references(shares),
    moreShares: references(moreShares),
    runtime: runtime === undefined ? undefined : listOf(runtime)?.map((at) => all[number(at)]?.name ?? ""),
  };
}

function readStack(text: string): readonly [string, Parts] {
  const [id = "", kib = "", shares = ""] = text.split(" ");
  return [id, { kib: number(kib), shares: references(shares) }];
}

/** `ID ID ;LIBRARY,LIBRARY` */
function readImages(line: string): readonly (readonly [string, ReadonlySet<string>])[] {
  const [ids = "", libraries = ""] = line.split(";");
  const set = new Set(listOf(libraries)?.map(libraryOf));
  return ids
    .trim()
    .split(" ")
    .map((id) => [id, set]);
}

function readShare(text: string): Share {
  const [kib = "", implies = ""] = text.split(" ");
  return { kib: number(kib), implies: references(implies) };
}

function number(base36: string): number {
  return Number.parseInt(base36, 36) || 0;
}

/** Two characters each. */
function references(text: string): readonly number[] {
  return (text.match(/../g) ?? []).map(number);
}
