import { Closure } from "./closure.mjs";
import { type Brought, broughtBy } from "./files.mjs";
import type { ReleaseIndex } from "./indexes.mjs";
import { type Kind, kindOf, type Names } from "./kinds.mjs";
import { isForBuilding, runtimeOf } from "./runtime.mjs";
import { type InstallParts, type Share, shared } from "./shares.mjs";

/** catalog/packages/RELEASE.json. */
export interface Release {
  readonly release: string;
  readonly asOf: string;
  readonly source: string;
  /** The packages of the `-slim` image. */
  readonly base: string;
  readonly shares: readonly Share[];
  readonly packages: Readonly<Record<string, Package>>;
  /** What the images of images.json hold beside that base, by the list's id. */
  readonly stacks: Readonly<Record<string, InstallParts>>;
  /** The shared libraries of images, by the list's id: those of the base are `slim`. */
  readonly imageLibraries: Readonly<Record<string, string>>;
  /** Names that no package has, and the package that apt installs for each. */
  readonly aliases: Readonly<Record<string, string>>;
}

/** A package as the release has it. */
export interface Package {
  readonly kind: Kind;
  readonly section: string;
  readonly inBase?: true;
  /** What it adds to the base without what is recommended, and with it. */
  readonly alone?: InstallParts;
  readonly withRecommends?: InstallParts;
  /** The packages that what is built with it needs at run time. */
  readonly runtime?: readonly string[];
  readonly libraries?: string;
  readonly commands?: string;
}

/** catalog/packages/images.json: the packages of published images. */
export interface Images {
  readonly lists: readonly {
    readonly id: string;
    readonly on?: string;
    /** A list of one release has exactly these packages. */
    readonly releases?: string;
    readonly packages: string;
  }[];
}

/** A package that stands for a whole collection of libraries: which of them a program uses nobody can tell by it. */
const MOST_NEEDED = 12;

/** What is written down of a release: the packages that are asked about, and those that programs built with them need. */
export async function readRelease(index: ReleaseIndex, names: Names, images: Images): Promise<Release> {
  const closure = new Closure(index);
  const files = await broughtBy(index);
  const asked = names.names.split(" ").flatMap((name) => closure.realName(name) ?? []);
  const runtimes = new Map(Object.entries(names.needs).map(([name, needs]) => [name, needs.split(" ")] as const));
  for (const name of asked.filter((each) => isForBuilding(index, each))) {
    const needed = runtimeOf(index, closure, files, name);
    if (needed.length <= MOST_NEEDED) runtimes.set(name, [...needed]);
  }
  const all = [...new Set([...asked, ...[...runtimes.values()].flat()])].sort();
  const stacks = stacksOf(images);
  const { shares, parts } = shared(
    [
      ...all.flatMap((name) => [closure.of([name], false), closure.of([name], true)]),
      ...stacks.flatMap(({ packages }) => [closure.of(packages, false), closure.of(packages, false)]),
    ],
    (name) => slimSize(index.packages.get(name)?.size ?? 0, files.get(name)),
  );
  // Some libraries stand in a section of compilers.
  const needed = new Set([...runtimes.values()].flat());
  const packages = all.map((name, at): readonly [string, Package] => {
    const { libraries = [], commands = [] } = files.get(name) ?? {};
    const section = index.packages.get(name)?.section ?? "";
    const [alone, withRecommends] = parts.slice(2 * at, 2 * at + 2);
    return [
      name,
      {
        kind: needed.has(name) ? "runtime" : kindOf(names, name, section),
        section,
        ...(closure.base.has(name)
          ? { inBase: true }
          : { ...(alone && { alone }), ...(withRecommends && { withRecommends }) }),
        ...(runtimes.has(name) && { runtime: runtimes.get(name) ?? [] }),
        ...(libraries.length > 0 && { libraries: libraries.join(" ") }),
        ...(commands.length > 0 && { commands: commands.join(" ") }),
      },
    ];
  });
  return {
    release: index.release,
    asOf: index.asOf,
    source: `https://deb.debian.org/debian, ${index.release} main amd64: Packages (Installed-Size, Depends, Recommends, Section) and Contents, read by scripts/catalog-packages.mts`,
    base: [...closure.base].sort().join(" "),
    shares,
    packages: Object.fromEntries(packages),
    stacks: Object.fromEntries(
      stacks.map(({ id }, at) => [id, parts[2 * (all.length + at)] ?? { kib: 0, shares: [] }]),
    ),
    imageLibraries: {
      slim: librariesOf([...closure.base], files),
      ...Object.fromEntries(
        images.lists
          .filter(({ releases }) => releases === index.release)
          .map(({ id, packages }) => [id, librariesOf(packages.split(" "), files)]),
      ),
    },
    aliases: Object.fromEntries(
      names.names.split(" ").flatMap((name) => {
        const real = closure.realName(name);
        return real === undefined || real === name ? [] : [[name, real]];
      }),
    ),
  };
}

/** KiB on a `-slim` image; no package is all documentation to the machine. */
function slimSize(size: number, files: Brought | undefined): number {
  return Math.round(Math.max(size / 2, size + (files?.change ?? 0)));
}

/** The lists that hold for every release, each with those that it is on. */
function stacksOf({ lists }: Images): readonly { readonly id: string; readonly packages: readonly string[] }[] {
  const packagesOf = (id: string | undefined): readonly string[] => {
    const list = lists.find((each) => each.id === id);
    return list ? [...packagesOf(list.on), ...list.packages.split(" ")] : [];
  };
  return lists.filter(({ releases }) => releases === undefined).map(({ id }) => ({ id, packages: packagesOf(id) }));
}

function librariesOf(packages: readonly string[], files: ReadonlyMap<string, Brought>): string {
  return [...new Set(packages.flatMap((name) => files.get(name)?.libraries ?? []))].sort().join(" ");
}
