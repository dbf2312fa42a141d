import { CONTENTS, IMAGES, KINDS, PROFILES, STARTS, SYSTEMS, TWO_NUMBERS } from "./data";
import type { BaseImage } from "./image";
import { CATALOG_PLATFORM } from "./size";

/** The tags of one name. */
export interface Family {
  readonly name: string;
  /** All names of the same images, this one among them. */
  readonly names: readonly string[];
  /** How many numbers of a version name one release line: 2 for Go (1.22), 1 for Node.js (22). */
  readonly line: number;
  readonly rows: ReadonlyMap<string, string>;
}

const families = new Map<string, Family>();
let keys: Map<string, string> | undefined;
let dictionaries: Dictionaries | undefined;

/** What rows name by number. */
interface Dictionaries {
  readonly profiles: readonly string[];
  readonly kinds: readonly string[];
  readonly systems: readonly string[];
}

function dictionary(): Dictionaries {
  dictionaries ??= { profiles: PROFILES.split(","), kinds: KINDS.split("\n"), systems: SYSTEMS.split("\n") };
  return dictionaries;
}

/** The rows of a familiar name, read from the table when first asked for. */
export function familyOf(name: string): Family | undefined {
  const known = families.get(name);
  if (known) return known;
  // One entry serves all names of the same images: gcr.io/distroless/static is static-debian13.
  keys ??= new Map(Object.keys(IMAGES).flatMap((key) => key.split(" ").map((each) => [each, key])));
  const key = keys.get(name);
  if (key === undefined) return undefined;
  const rows = new Map<string, string>();
  for (const line of (IMAGES[key] ?? "").split("\n")) {
    const end = line.indexOf(";");
    for (const tag of line.slice(0, end).split(" ")) rows.set(tag, line.slice(end + 1));
  }
  const family = { name, names: key.split(" "), line: TWO_NUMBERS.split(" ").includes(name) ? 2 : 1, rows };
  families.set(name, family);
  return family;
}

const folders = new Map<string, string | undefined>();

/** The folder that all images of a name start in; undefined where they differ, or it is not written down. */
export function folderOfFamily(name: string): string | undefined {
  if (!folders.has(name)) {
    const rows = [...(familyOf(name)?.rows ?? [])].map(([tag, row]) => readRow(name, tag, row).workdir);
    folders.set(name, rows.every((each) => each === rows[0]) ? rows[0] : undefined);
  }
  return folders.get(name);
}

/** Every name of the table. */
export function allNames(): readonly string[] {
  return Object.keys(IMAGES).flatMap((key) => key.split(" "));
}

/** When a release of a distribution ends, by its name in rows: alpine3.21, bookworm. */
export function endOfRelease(release: string): string | undefined {
  return systemsOf(release).find((each) => each[6])?.[6];
}

/** The version of the C library that a release of a distribution has, as the rows of its images say it. */
export function glibcOfRelease(release: string): string | undefined {
  return systemsOf(release).find((each) => each[3])?.[3];
}

/** Distribution, release, C library and its version, shell, package manager, end. */
function systemsOf(release: string): readonly (readonly string[])[] {
  return dictionary()
    .systems.map((each) => each.split(" "))
    .filter((each) => each[1] === release);
}

/** A row of a family, as an image with that tag. */
export function readRow(name: string, tag: string, row: string): BaseImage {
  const [profile = "", asOf = "", compressed = "", unpacked = "", eol = "", content = "", version = "", later = ""] =
    row.split(";");
  const { profiles, kinds, systems } = dictionary();
  const [kind = "", system = "", start = ""] = (profiles[number(profile) ?? 0] ?? "").split(" ");
  const [role, ecosystem, updated] = (kinds[number(kind) ?? 0] ?? "").split(" ");
  const [distro, distroRelease, libc, glibc, shell, packageManager, distroEol] = (
    systems[number(system) ?? 0] ?? ""
  ).split(" ");
  return {
    name,
    tag,
    role: isRole(role) ? role : "runtime",
    shell: shell ? shell === "y" : undefined,
    asOf: readDay(asOf),
    platform: CATALOG_PLATFORM,
    ...STARTS[number(start) ?? 0],
    ...(content && CONTENTS[number(content) ?? 0]),
    ...present({
      ecosystem,
      languageVersion: version === "-" ? undefined : version || /^\d+(?:\.\d+)*/.exec(tag)?.[0],
      distro,
      distroRelease,
      libc: isLibc(libc) ? libc : undefined,
      glibc,
      packageManager,
      distroEol,
      eol: eol && readDay(eol),
      updated: updated ? updated === "y" : undefined,
      compressed: number(compressed),
      unpacked: number(unpacked),
      unpackedAsOf: later && readDay(later),
    }),
  };
}

/** The entries that have a value: an empty field of the table is an unknown. */
function present<T extends object>(entries: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const known = Object.entries(entries).filter(([, value]) => value !== undefined && value !== "");
  return Object.fromEntries(known) as { [K in keyof T]?: Exclude<T[K], undefined> };
}

function number(base36: string): number | undefined {
  return base36 === "" ? undefined : Number.parseInt(base36, 36);
}

const DAY = 86_400_000;
const EPOCH = Date.UTC(2000, 0, 1);

/** Days since 2000-01-01 in base 36, as YYYY-MM-DD; what is written out stays as it is. */
export function readDay(text: string): string {
  return text.length > 3 ? text : new Date(EPOCH + Number.parseInt(text, 36) * DAY).toISOString().slice(0, 10);
}

function isRole(text: string | undefined): text is BaseImage["role"] {
  return ["sdk", "os", "runtime", "server", "distroless", "scratch"].includes(text ?? "");
}

function isLibc(text: string | undefined): text is "glibc" | "musl" | "none" {
  return text === "glibc" || text === "musl" || text === "none";
}
