import type { BaseImage, ImageConfig } from "../server/src/core/catalog/image";
import { ratioKeys } from "../server/src/core/catalog/ratio";
import { goneLines, type NeverExisted, type Removed, type RemovedRelease } from "./catalog-gone.mjs";

/** A row of catalog/images, distroless or alternatives: what the table has of it. */
interface Row extends Omit<Partial<BaseImage>, "libc" | "compressed" | "unpacked"> {
  readonly name: string;
  readonly alias?: string;
  /** Every tag of one image; or one tag; or each with what is its own. */
  readonly tags?: readonly string[];
  readonly perTag?: Readonly<Record<string, Partial<Row>>>;
  readonly libc?: string;
  readonly compressedBytes?: number;
  readonly unpackedBytes?: number;
  readonly asOf: string;
  /** A row that is not of an image that a Dockerfile can name. */
  readonly kind?: string;
}

interface FamilyFile {
  readonly family: string;
  readonly releaseLine?: number;
  readonly config?: readonly (ImageConfig & { readonly tags: string })[];
  readonly images: readonly Row[];
}

type Read = <T>(path: string) => T;
/** A row with one tag, which it has. */
type Tagged = Row & { readonly tag: string };

/** How an image starts, and what is in it: a table for each, for the one goes by tag and the other by name. */
const START = ["user", "uid", "workdir", "entrypoint", "cmd"] as const;
const CONTENT = ["users", "caCerts", "tzdata", "tmp", "libraries"] as const;
/** Distributions whose own rows say when a release ends. */
const SYSTEMS = new Set(["debian", "ubuntu", "alpine", "fedora", "centos", "rockylinux", "almalinux", "amazonlinux"]);

const DAY = 86_400_000;
/** An on-disk figure that is older or newer than this is of another build than the compressed one: no pair. */
const SAME_BUILD = 120 * DAY;

/** data.ts: every tag of every image, in lines of short fields (server/src/core/catalog/table.ts reads them). */
export function imageTables(read: Read, list: (folder: string) => readonly string[]): string {
  const families = list("images").map((path) => read<FamilyFile>(path));
  const removed = read<
    Pick<FamilyFile, "config"> & { releases: readonly RemovedRelease[]; images: readonly (Row & Removed)[] }
  >("distroless/removed.json");
  const others = [
    ...read<{ images: readonly Row[] }>("distroless/current.json").images,
    ...list("alternatives").flatMap((path) => read<{ images: readonly Row[] }>(path).images),
  ];
  const rows = merge([
    ...[...families, removed].flatMap(({ images, config }) =>
      images
        .filter(({ kind }) => kind === undefined)
        .flatMap(tagged)
        .map((row) => ({ ...configured(row.tag, config), ...row })),
    ),
    ...others.filter(({ kind }) => kind === undefined).flatMap(tagged),
  ]);
  const lines = [
    ...new Set(
      families.flatMap(({ releaseLine, images }) => (releaseLine === 2 ? images.map(({ name }) => name) : [])),
    ),
  ];
  const never = read<{ rows: readonly NeverExisted[] }>("never-existed.json").rows;
  return render(rows, lines, goneLines(never, removed.images, removed.releases));
}

function tagged(row: Row): readonly Tagged[] {
  if (row.perTag) {
    return Object.entries(row.perTag).map(([tag, own]) => ({ ...row, ...own, tag }));
  }
  return (row.tags?.filter(short) ?? [row.tag ?? "latest"]).map((tag) => ({ ...row, tag }));
}

/** Of the tags of one image those without a patch release or the release of its system: findImage leads to them from the others. */
function short(tag: string): boolean {
  return !/^\d+(?:[._]\d+){2}|-(?:debian|alpine\d)/.test(tag);
}

function configured(tag: string, config: FamilyFile["config"]): ImageConfig {
  const { tags: _, ...found } = config?.find(({ tags }) => like(tags, tag)) ?? { tags: "" };
  return found;
}

function like(pattern: string, text: string): boolean {
  return new RegExp(`^${pattern.replace(/[.+]/g, "\\$&").replaceAll("*", ".*")}$`).test(text);
}

/** Rows of the same name and tag as one: the .NET lists know the user where the size list knows the size. */
function merge(rows: readonly Tagged[]): readonly Tagged[] {
  const merged = new Map<string, Tagged>();
  for (const row of rows) {
    const key = `${row.name}:${row.tag}`;
    merged.set(key, { ...row, ...merged.get(key) });
  }
  return [...merged.values()];
}

function render(rows: readonly Tagged[], lines: readonly string[], gone: readonly string[]): string {
  const ends = new Map(
    rows.flatMap(({ distro, distroRelease, eol, name }) =>
      SYSTEMS.has(name) && distro === name && eol ? [[distroRelease, eol] as const] : [],
    ),
  );
  const profiles = dictionary();
  const kinds = dictionary();
  const systems = dictionary();
  const starts = dictionary();
  const contents = dictionary();
  const families = new Map<string, Map<string, string[]>>();
  const profileOf = (row: Tagged) => {
    const { role, ecosystem, distro, distroRelease, libc, glibc, shell, packageManager } = row;
    const kind = [role, ecosystem, flag(row.updated)].join(" ").trim();
    const system = [
      distro,
      distroRelease,
      libc,
      /^[\d.]+$/.test(glibc ?? "") ? glibc : "",
      flag(shell),
      packageManager,
      ends.get(distroRelease),
    ]
      .join(" ")
      .trimEnd();
    return [kinds.index(kind), systems.index(system), starts.index(literal(row, START))].join(" ");
  };
  // The most frequent ones get the short numbers.
  const counts = new Map<string, number>();
  for (const row of rows) counts.set(profileOf(row), (counts.get(profileOf(row)) ?? 0) + 1);
  for (const [profile] of [...counts].sort((a, b) => b[1] - a[1])) profiles.index(profile);
  for (const row of rows) {
    const version = /^\d[\d.]*/.exec(row.languageVersion ?? "")?.[0].replace(/\.$/, "") ?? "";
    const pair = isPair(row) || row.compressedBytes === undefined;
    const fields = [
      profiles.index(profileOf(row)),
      day(row.asOf),
      row.compressedBytes?.toString(36),
      pair ? row.unpackedBytes?.toString(36) : "",
      row.eol ? day(row.eol) : "",
      CONTENT.some((key) => row[key] !== undefined) ? contents.index(literal(row, CONTENT)) : "",
      version === (/^\d+(?:\.\d+)*/.exec(row.tag)?.[0] ?? "") ? "" : version || "-",
      pair && row.unpackedBytes !== undefined && row.unpackedAsOf && row.unpackedAsOf !== row.asOf
        ? day(row.unpackedAsOf)
        : "",
    ];
    const key = row.alias ? `${row.alias} ${row.name}` : row.name;
    const family = families.get(key) ?? new Map<string, string[]>();
    families.set(key, family);
    const line = fields.join(";").replace(/;+$/, "");
    family.set(line, [...(family.get(line) ?? []), row.tag]);
  }
  const images = [...families].map(
    ([key, family]) =>
      `  ${JSON.stringify(key)}: \`${[...family].map(([line, tags]) => `${tags.join(" ")};${line}`).join("\n")}\`,`,
  );
  return `// Generated by scripts/catalog.mts from catalog/: correct the row there, then run it again.
import type { ImageConfig } from "./image";

/** Role, ecosystem, whether it gets new builds (y, n). */
export const KINDS = \`${kinds.values().join("\n")}\`;

/** Distribution, release, libc, glibc, shell (y, n), package manager, end of the release. */
export const SYSTEMS = \`${systems.values().join("\n")}\`;

export const STARTS: readonly ImageConfig[] = [
${starts
  .values()
  .map((config) => `  ${config},`)
  .join("\n")}
];

export const CONTENTS: readonly ImageConfig[] = [
${contents
  .values()
  .map((config) => `  ${config},`)
  .join("\n")}
];

/** Kind, system, start. */
export const PROFILES = ${JSON.stringify(profiles.values().join(","))};

/** Names of which two numbers of a version name a release line, as 1.22; of the others one does. */
export const TWO_NUMBERS = ${JSON.stringify(lines.join(" "))};

/** Tags; profile; day; compressed; unpacked; end of life; content; version (none: the tag's; -: unknown); day of unpacked. */
export const IMAGES: Readonly<Record<string, string>> = {
${images.join("\n")}
};

/** Unpacked by compressed bytes in thousandths, each after its day, by ratioKeys. */
export const RATIOS: Readonly<Record<string, string>> = {
${ratios(rows)
  .map(([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)},`)
  .join("\n")}
};

/** Patterns; since when; replacement; advice. ~ is gcr.io/distroless/. */
export const GONE = \`${gone.join("\n")}\`;
`;
}

function isPair(row: Row): boolean {
  return Math.abs(Date.parse(row.asOf) - Date.parse(row.unpackedAsOf ?? row.asOf)) <= SAME_BUILD;
}

/** The ratios of the rows that know both sizes, of one build; images with several tags count once. */
function ratios(rows: readonly Tagged[]): readonly (readonly [string, string])[] {
  const byKey = new Map<string, Set<string>>();
  for (const row of rows) {
    const { compressedBytes, unpackedBytes, role = "runtime" } = row;
    if (!compressedBytes || !unpackedBytes || !isPair(row)) continue;
    const ratio = `${day(row.unpackedAsOf ?? row.asOf)} ${Math.round((unpackedBytes / compressedBytes) * 1000)}`;
    for (const key of ratioKeys({ ...row, role })) byKey.set(key, (byKey.get(key) ?? new Set()).add(ratio));
  }
  const wanted = new Set(
    rows
      .filter((row) => row.compressedBytes && !(row.unpackedBytes !== undefined && isPair(row)))
      .flatMap(({ role = "runtime", ...row }) => ratioKeys({ ...row, role }).find((key) => byKey.has(key)) ?? []),
  );
  return [...byKey]
    .flatMap(([key, values]) => (wanted.has(key) ? [[key, [...values].sort().join(",")] as const] : []))
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Days since 2000-01-01 in base 36, three characters; what is no whole date stays as it is. */
function day(text: string): string {
  return /^\d{4}-\d\d-\d\d$/.test(text) ? ((Date.parse(text) - Date.UTC(2000, 0, 1)) / DAY).toString(36) : text;
}

/** Some properties of a row as an object of TypeScript. */
function literal(row: Row, keys: readonly (keyof ImageConfig)[]): string {
  const known = Object.fromEntries(keys.flatMap((key) => (row[key] === undefined ? [] : [[key, row[key]]])));
  return JSON.stringify(known).replace(/"(\w+)":/g, "$1:");
}

function flag(value: boolean | undefined): string {
  return value === undefined ? "" : value ? "y" : "n";
}

/** Numbers what it sees, in base 36, in the order in which it is first seen. */
function dictionary(): { index(value: string): string; values(): readonly string[] } {
  const seen = new Map<string, number>();
  return {
    index(value) {
      if (!seen.has(value)) seen.set(value, seen.size);
      return (seen.get(value) ?? 0).toString(36);
    },
    values: () => [...seen.keys()],
  };
}
