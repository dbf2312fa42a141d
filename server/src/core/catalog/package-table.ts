import { groupBy } from "../text/group";
import { Memo } from "../text/memo";
import { once } from "../text/once";
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
  /** A package by its name, or by a name that stands for it; undefined where the release has none. */
  row(name: string): PackageRow | undefined;
  /** What stands at a place of shares. */
  share(at: number): Share | undefined;
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
  const table = new Release(data);
  tables.set(release, table);
  return table;
}

/** It has some thousand rows, and a file asks for a few: each is read when it is asked for. */
class Release implements PackageTable {
  readonly asOf: string;
  private readonly lines: readonly string[];
  private readonly shares: readonly string[];
  private readonly rows = new Memo((name) => ({ row: this.read(name) }));
  private readonly readStacks: () => PackageTable["stacks"];
  private readonly readImages: () => PackageTable["images"];

  constructor({ asOf, rows, shares, stacks, images }: (typeof RELEASES)[string]) {
    this.asOf = asOf;
    this.lines = rows.split("\n");
    this.shares = shares.split(",");
    this.readStacks = once(() => new Map(stacks.split(",").map(readStack)));
    this.readImages = once(() => new Map(images.split("\n").flatMap(readImages)));
  }

  get stacks(): PackageTable["stacks"] {
    return this.readStacks();
  }

  get images(): PackageTable["images"] {
    return this.readImages();
  }

  row(name: string): PackageRow | undefined {
    return this.rows.of(name).row;
  }

  share(at: number): Share | undefined {
    const text = this.shares[at];
    return text === undefined ? undefined : readShare(text);
  }

  private read(name: string): PackageRow | undefined {
    const at = places().get(name);
    const line = at === undefined ? undefined : this.lines[at];
    if (at === undefined || !line) return undefined;
    // A name that no package has leads to the one that apt installs for it.
    const place = line.startsWith("@") ? number(line.slice(1)) : at;
    const real = nameAt(place);
    return real && readRow(this.lines[place] ?? "", real);
  }
}

const names = once((): readonly string[] => PACKAGES.trim().split("\n"));

const places = once((): ReadonlyMap<string, number> => new Map(names().map((line, at) => [firstWord(line), at])));

function firstWord(line: string): string {
  const end = line.indexOf(" ");
  return end < 0 ? line : line.slice(0, end);
}

function nameAt(place: number): PackageName | undefined {
  const line = names()[place];
  return line === undefined ? undefined : readName(line);
}

/** A package of the table, whatever the release. */
export function packageNamed(name: string): PackageName | undefined {
  const place = places().get(name);
  return place === undefined ? undefined : nameAt(place);
}

/** The packages for run time that bring a shared library, in the order of the table. */
export function packagesWith(library: string): readonly string[] {
  return (
    byLibrary()
      .get(library)
      ?.map(({ name }) => name) ?? []
  );
}

const byLibrary = once(() => {
  const atRunTime = names()
    .map(readName)
    .filter(({ kind }) => kind === "runtime");
  const brought = atRunTime.flatMap(({ name, libraries = [] }) => libraries.map((library) => ({ library, name })));
  return groupBy(brought, ({ library }) => library);
});

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
function readRow(line: string, name: PackageName): PackageRow {
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
    runtime: runtime === undefined ? undefined : listOf(runtime)?.map((at) => firstWord(names()[number(at)] ?? "")),
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
