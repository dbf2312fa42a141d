import { rememberedBeside } from "../text/remembered";
import { isNoCertificate } from "./certificates";
import { HOLDS, SETS } from "./contents-data";
import type { BaseImage } from "./image";
import type { ImageReference } from "./reference";
import { familyOf, readRow } from "./table";

/** Things that images hold together; every field is a list of words. `*` at the end of one stands for any end, `#` for a version or none. */
export interface ContentSet {
  /** Programs of /bin or /usr/bin, of /sbin or /usr/sbin, and of any of the four. */
  readonly bin?: string;
  readonly sbin?: string;
  readonly anywhere?: string;
  /** Programs that may be there, in any folder of programs. */
  readonly may?: string;
  /** Programs of other folders. */
  readonly at?: Readonly<Record<string, string>>;
  /** Paths that are there; what stands below them is said by the other fields. */
  readonly folders?: string;
  /** Paths at and below which anything may be there. */
  readonly open?: string;
  /** The folders that ENV PATH has in front of the usual ones; `?` where that is not known. */
  readonly path?: string;
  /** Names in /etc/passwd, and those that may be in it. */
  readonly users?: string;
  readonly mayUsers?: string;
}

/** The sets of an image beside that of its system, by the variant that its tag names. */
export interface ContentRow {
  /** The familiar name; several that hold the same, with spaces between. */
  readonly name: string;
  /** The set of its system where it has no shell. */
  readonly system?: string;
  readonly all?: readonly string[];
  readonly full?: readonly string[];
  readonly slim?: readonly string[];
  readonly alpine?: readonly string[];
  readonly debug?: readonly string[];
  /** Only images on that distribution are written down. */
  readonly only?: string;
  /** The first version of the language all of whose slim images purge what their build has used. */
  readonly leanSince?: string;
}

/** What the bottom of a stage says of a path, a program or a user. */
export type Held = "there" | "absent" | "unknown";

/** What an image holds, path by path. */
export interface Contents {
  /** An absolute path. */
  path(path: string): Held;
  /** A name of /etc/passwd. */
  user(name: string): Held;
  /** The folders that PATH has in front of the usual ones; undefined where that is not known. */
  readonly pathFolders: readonly string[] | undefined;
}

const known = new Map<string, Contents>();

/** What an image of the catalog holds; undefined where that is not written down (catalog/contents.json). */
export const contentsOf = rememberedBeside((image: BaseImage): Contents | undefined => heldBy(setsOf(image)));

/**
 * What an image holds of which only the name is in the catalog, and whose tag has no row: a newer version, a pinned one.
 * Its release is not known, so that more may be there.
 */
export function contentsOfName(reference: ImageReference): Contents | undefined {
  const { familiar: name, tag = "latest" } = reference;
  // Distroless images have the tags that are listed: a name beside them says nothing.
  if (!isUsual(reference) || name.startsWith("gcr.io/distroless/")) return undefined;
  const distro = /alpine/.test(tag) ? "alpine" : (SYSTEMS[name] ?? "debian");
  return heldBy(setsOf({ name, tag, role: "sdk", distro }));
}

/** What the names stand on whose plain tags are not Debian. */
const SYSTEMS: Readonly<Record<string, string>> = {
  alpine: "alpine",
  busybox: "busybox",
  composer: "alpine",
  "eclipse-temurin": "ubuntu",
  gradle: "ubuntu",
  ubuntu: "ubuntu",
};

/** Versions and variants that official images have on Debian, Ubuntu and Alpine; what is on Windows is none of them. */
const TAG_PART =
  /^(?:v?\d[\w.]*|rc\d*|beta\d*|alpha\d*|alpine[\d.]*|slim|latest|lts|current|stable|edge|rolling|devel|mainline|perl|jdk\d*|jre\d*|hotspot|cli|fpm|apache|zts|sid|testing|wheezy|jessie|stretch|buster|bullseye|bookworm|trixie|trusty|xenial|bionic|focal|jammy|noble|resolute)$/;

/** Whether a tag is made of versions and variants that official images have. */
export function isUsual({ tag = "latest", digest }: ImageReference): boolean {
  return !(digest !== undefined && tag === "latest") && tag.split("-").every((part) => TAG_PART.test(part));
}

/** Whether an image is a system or a compiler by its name, and so keeps to the folders of a system. */
export function keepsToSystem({ familiar, tag = "latest", digest }: ImageReference): boolean {
  if (digest !== undefined && tag === "latest") return false;
  // Until .NET 5 the images of .NET had core in their names.
  const row = familyOf(familiar.replace("/dotnet/core/", "/dotnet/"))?.rows.values().next().value;
  if (row === undefined || !/^[\w.-]+$/.test(tag) || /windows|nanoserver|servercore|ltsc/.test(tag)) return false;
  const { role } = readRow(familiar, tag, row);
  return role === "sdk" || role === "os";
}

function heldBy(ids: readonly string[] | undefined): Contents | undefined {
  if (!ids) return undefined;
  const key = ids.join(" ");
  const contents = known.get(key) ?? new HeldSets(ids.map((id) => SETS[id] ?? {}));
  known.set(key, contents);
  return contents;
}

/** Releases whose packages were looked at; older ones, and those without a name, may have more. */
const LOOKED_AT = new Set(["bullseye", "bookworm", "trixie", "jammy", "noble", "resolute"]);

function setsOf({
  name,
  tag,
  role,
  distro = "",
  distroRelease = "",
}: Pick<BaseImage, "name" | "tag" | "role" | "distro" | "distroRelease">): readonly string[] | undefined {
  // gcr.io/distroless/static is another name of static-debian13.
  const names = familyOf(name)?.names ?? [name];
  const row = HOLDS.find((each) => each.name.split(" ").some((one) => names.includes(one)));
  if (!row) return undefined;
  const { all = [], full = [], slim = [], alpine = [], debug = [], only = distro } = row;
  if (only !== distro) return undefined;
  if (role === "distroless") {
    if (!row.system) return undefined;
    return [row.system, ...all, ...(tag.includes("debug") ? debug : [])];
  }
  if (distro === "alpine") return ["alpine", ...all, ...alpine];
  if (distro === "busybox") return ["busybox"];
  if (distro !== "debian" && distro !== "ubuntu") return undefined;
  const own = /(?:^|-)slim(?:-|$)/.test(tag) ? slim : full;
  // Slim images of long ago kept what they were built with.
  const kept = own.includes("lean") && !isSince(tag, row.leanSince) ? ["tools"] : [];
  const older = LOOKED_AT.has(distroRelease) ? [] : ["older", ...kept];
  return [distro, ...older, ...all, ...own];
}

/** The version that a tag begins with is that of `since`, or a later one. */
function isSince(tag: string, since: string | undefined): boolean {
  const major = Number.parseInt(tag.replace(/^v/, ""), 10);
  return since !== undefined && major >= Number(since);
}

const BIN = ["/bin", "/usr/bin"];
const SBIN = ["/sbin", "/usr/sbin"];
const PROGRAMS = new Set([...BIN, ...SBIN, "/usr/local/bin", "/usr/local/sbin"]);

const HOME_FILE = /^\/(?:root|home\/[^/]+)\/\./;

class HeldSets implements Contents {
  private readonly programs = new Map<string, Set<string>>();
  private readonly anywhere: ReadonlySet<string>;
  private readonly may: Words;
  private readonly there: ReadonlySet<string>;
  private readonly open: Words;
  private readonly users: ReadonlySet<string>;
  private readonly mayUsers: Words;
  readonly pathFolders: readonly string[] | undefined;

  constructor(sets: readonly ContentSet[]) {
    const words = (field: Exclude<keyof ContentSet, "at">) => sets.flatMap((set) => wordsOf(set[field]));
    const put = (folder: string, names: readonly string[]) =>
      this.programs.set(folder, new Set([...(this.programs.get(folder) ?? []), ...names]));
    for (const folder of BIN) put(folder, words("bin"));
    for (const folder of SBIN) put(folder, words("sbin"));
    for (const { at = {} } of sets) for (const [folder, names] of Object.entries(at)) put(folder, wordsOf(names));
    this.anywhere = new Set(words("anywhere"));
    this.may = new Words(words("may"));
    this.there = new Set(["/", ...words("folders")]);
    this.open = new Words(words("open"));
    this.users = new Set(words("users"));
    this.mayUsers = new Words(words("mayUsers"));
    const folders = words("path").flatMap((path) => path.split(":"));
    this.pathFolders = folders.includes("?") ? undefined : folders;
  }

  path(path: string): Held {
    if (this.there.has(path)) return "there";
    const slash = path.lastIndexOf("/");
    const [folder, name] = [path.slice(0, slash) || "/", path.slice(slash + 1)];
    const isSystem = BIN.includes(folder) || SBIN.includes(folder);
    if (this.programs.get(folder)?.has(name) || (isSystem && this.anywhere.has(name))) return "there";
    if (PROGRAMS.has(folder) || this.programs.has(folder)) return this.mayHave(name, isSystem) ? "unknown" : "absent";
    return this.isOpen(path) && !isNoCertificate(path) ? "unknown" : "absent";
  }

  /** A program that some of these images have, or that stands in another folder of the system: which one differs by release. */
  private mayHave(name: string, isSystem: boolean): boolean {
    return this.may.has(name) || (isSystem && [...BIN, ...SBIN].some((folder) => this.programs.get(folder)?.has(name)));
  }

  /** At or below a path that is open. What shells and tools keep in a home folder is nobody's fact. */
  private isOpen(path: string): boolean {
    if (HOME_FILE.test(path)) return true;
    for (let end = path.length; end > 0; end = path.lastIndexOf("/", end - 1))
      if (this.open.has(path.slice(0, end))) return true;
    return false;
  }

  user(name: string): Held {
    return this.users.has(name) ? "there" : this.mayUsers.has(name) ? "unknown" : "absent";
  }
}

function wordsOf(text: string | undefined): readonly string[] {
  return text ? text.split(" ") : [];
}

/** Words of which some end in `*`, or have a `#`. */
class Words {
  private readonly whole: ReadonlySet<string>;
  private readonly beginnings: readonly string[];
  private readonly versioned: ReadonlySet<string>;

  constructor(words: readonly string[]) {
    this.whole = new Set(words);
    this.beginnings = words.filter((word) => word.endsWith("*")).map((word) => word.slice(0, -1));
    this.versioned = new Set(words.filter((word) => word.includes("#")));
  }

  has(word: string): boolean {
    const version = this.versioned.size > 0 ? word.replace(/\d[\d.]*/, "#") : word;
    if (this.whole.has(word) || this.versioned.has(version) || this.versioned.has(`${word}#`)) return true;
    return this.beginnings.some((beginning) => word.startsWith(beginning));
  }
}
