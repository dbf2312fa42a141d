import type { ElfFacts } from "../layers/elf";
import { elfOf, type ImageFile, type ImageFiles, parentOf } from "./image-files";

/** A library that a file asks for and that its loader would not find. */
export interface MissingLibrary {
  readonly file: string;
  readonly library: string;
}

/** Names of architectures in the paths of Debian and its kin, by ELF's number; x86's 64-bit has another word size than 32. */
const triplets: Readonly<Record<string, string>> = {
  "62/64": "x86_64-linux-gnu",
  "183/64": "aarch64-linux-gnu",
  "3/32": "i386-linux-gnu",
  "40/32": "arm-linux-gnueabihf",
  "21/64": "powerpc64le-linux-gnu",
  "22/64": "s390x-linux-gnu",
  "243/64": "riscv64-linux-gnu",
};
/** musl has them all in one, under whatever version they are asked for (`reserved` in its ldso/dynlink.c). */
const inMusl = /^lib(?:c|pthread|rt|m|dl|util|xnet)\./;

/** A file that is loaded into a program, and by which other. */
interface Loaded {
  /** Where it was found, links not followed: `$ORIGIN` is its folder. */
  readonly path: string;
  readonly elf: ElfFacts;
  readonly by: Loaded | undefined;
}

/** What is loaded with a program. */
export interface Closure {
  /** The real paths of all files. */
  readonly files: ReadonlySet<string>;
  readonly missing: readonly MissingLibrary[];
}

/** What /etc/ld.so.cache lists, by name. */
export type Listed = ReadonlyMap<string, readonly string[]>;

export function listedIn(files: ImageFiles): Listed {
  const listed = new Map<string, string[]>();
  for (const path of files.at("/etc/ld.so.cache")?.details.libraries ?? []) {
    const known = listed.get(nameOf(path));
    if (known) known.push(path);
    else listed.set(nameOf(path), [path]);
  }
  return listed;
}

/** Loaders of programs that name none, where they usually are. */
const LOADERS = [
  "/lib64/ld-linux-x86-64.so.2",
  "/lib/ld-linux-aarch64.so.1",
  "/lib/ld-linux-armhf.so.3",
  "/lib/ld-linux.so.2",
  "/lib/ld-musl-x86_64.so.1",
  "/lib/ld-musl-aarch64.so.1",
];

/** Finds libraries as the loader of a program does (ld.so(8); musl's ldso/dynlink.c). */
export class Loader {
  private readonly found = new Map<string, string | undefined>();
  private readonly isMusl: boolean;
  private readonly usual: readonly string[];

  /** `program` is the one whose process it is; `listed` is of `files`; `fromEnv` is LD_LIBRARY_PATH. */
  constructor(
    private readonly files: ImageFiles,
    private readonly listed: Listed,
    private readonly program: ImageFile,
    private readonly fromEnv: string,
  ) {
    const elf = elfOf(program);
    const loader = elf?.interpreter ?? LOADERS.find((path) => files.at(path)) ?? "/";
    this.isMusl = loader.includes("/ld-musl-");
    this.usual = this.isMusl ? muslFolders(files) : glibcFolders(elf, files.at(loader)?.path ?? "");
  }

  /** The program, what it needs, what that needs, and so on. */
  closure(): Closure {
    const elf = elfOf(this.program);
    if (!elf) return { files: new Set(), missing: [] };
    // The loader is there before all else.
    const names = new Set([nameOf(elf.interpreter ?? "")]);
    return this.load({ path: this.program.path, elf, by: undefined }, new Set([this.program.path]), names);
  }

  /** What a library that the program may load later does not find; `closure` is what is there already. */
  missingFor(library: ImageFile, closure: Closure | undefined): readonly MissingLibrary[] {
    const elf = elfOf(library);
    const program = elfOf(this.program);
    if (!elf) return [];
    const by = program && { path: this.program.path, elf: program, by: undefined };
    const names = new Set([...(closure?.files ?? []), program?.interpreter ?? ""].map(nameOf));
    return this.load({ path: library.path, elf, by }, new Set([library.path]), names).missing;
  }

  private load(first: Loaded, files: Set<string>, names: Set<string>): Closure {
    const missing: MissingLibrary[] = [];
    const queue = [first];
    for (let each = queue.shift(); each; each = queue.shift()) {
      for (const name of each.elf.needed) {
        if (names.has(name) || (this.isMusl && inMusl.test(name))) continue;
        const path = this.find(name, each);
        const file = path === undefined ? undefined : this.files.at(path);
        if (path === undefined || !file) {
          missing.push({ file: this.files.at(each.path)?.path ?? each.path, library: name });
          continue;
        }
        names.add(name);
        const elf = elfOf(file);
        if (!elf || files.has(file.path)) continue;
        files.add(file.path);
        queue.push({ path, elf, by: each });
      }
    }
    return { files, missing };
  }

  private find(name: string, by: Loaded): string | undefined {
    if (name.includes("/")) return this.fits(name, by.elf) ? name : undefined;
    const own = this.ownFolders(by);
    const key = [name, by.elf.machine, by.elf.bits, ...own].join("\0");
    if (!this.found.has(key)) this.found.set(key, this.search(name, own, by.elf));
    return this.found.get(key);
  }

  private search(name: string, own: readonly string[], elf: ElfFacts): string | undefined {
    const inFolder = (folder: string) => (folder.endsWith("/") ? folder + name : `${folder}/${name}`);
    const paths = [
      ...own.map(inFolder),
      ...(this.isMusl ? [] : (this.listed.get(name) ?? [])),
      ...this.usual.map(inFolder),
    ];
    return paths.find((path) => this.fits(path, elf));
  }

  /** RPATH of the file and of those that brought it, LD_LIBRARY_PATH, RUNPATH; musl takes both paths for one, behind the environment's. */
  private ownFolders(by: Loaded): readonly string[] {
    const env = split(this.fromEnv, this.program.path, this.program);
    const chain: Loaded[] = [];
    for (let each: Loaded | undefined = by; each; each = each.by) chain.push(each);
    const rpaths = chain
      .filter(({ elf }) => this.isMusl || elf.runpath === undefined)
      .flatMap(({ path, elf }) =>
        split((this.isMusl ? elf.runpath : undefined) ?? elf.rpath ?? "", path, this.program),
      );
    if (this.isMusl) return [...env, ...rpaths];
    const { runpath } = by.elf;
    return runpath === undefined ? [...rpaths, ...env] : [...env, ...split(runpath, by.path, this.program)];
  }

  /** Whether a library is there and made for the same processor: another one is passed over. */
  private fits(path: string, { machine, bits }: ElfFacts): boolean {
    const file = this.files.at(path);
    if (!file || file.isFolder) return false;
    const elf = elfOf(file);
    return elf ? elf.machine === machine && elf.bits === bits : file.details.elf === null;
  }
}

/** The folders of a path of the loader's, its own words filled in; what is relative is found nowhere for sure. */
function split(folders: string, of: string, program: ImageFile): readonly string[] {
  const triplet = tripletOf(elfOf(program));
  return folders
    .split(/[:;]/)
    .map((folder) =>
      folder
        .replace(/\$(?:ORIGIN\b|\{ORIGIN\})/g, () => parentOf(of))
        .replace(/\$(?:LIB\b|\{LIB\})/g, triplet === undefined ? "lib64" : `lib/${triplet}`),
    )
    .filter((folder) => folder.startsWith("/"));
}

function tripletOf(elf: ElfFacts | undefined): string | undefined {
  return elf && triplets[`${elf.machine}/${elf.bits}`];
}

/** Where glibc looks by itself: Debian and its kin have their loader in a folder of the architecture, and look there first. */
function glibcFolders(elf: ElfFacts | undefined, loader: string): readonly string[] {
  const triplet = tripletOf(elf);
  const plain = ["/lib", "/usr/lib"];
  return triplet !== undefined && loader.includes(`/${triplet}/`)
    ? [`/lib/${triplet}`, `/usr/lib/${triplet}`, ...plain]
    : ["/lib64", "/usr/lib64", ...plain];
}

function muslFolders(files: ImageFiles): readonly string[] {
  const machine = ["x86_64", "aarch64", "i386", "armhf", "riscv64", "s390x", "powerpc64le"];
  const text = machine.map((each) => files.at(`/etc/ld-musl-${each}.path`)?.details.text).find((each) => each);
  return text?.split(/[\n:]/).filter((each) => each !== "") ?? ["/lib", "/usr/local/lib", "/usr/lib"];
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
