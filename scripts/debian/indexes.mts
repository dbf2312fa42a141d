import { execFile, spawn } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";

/** A package as an archive's index has it. */
export interface IndexEntry {
  readonly name: string;
  /** The source that it is built from, without its version. */
  readonly source: string;
  readonly section: string;
  readonly priority: string;
  readonly essential: boolean;
  /** KiB, as the packager's tools counted them. */
  readonly size: number;
  /** Each a list of alternatives: names, without versions. Pre-Depends are among them. */
  readonly depends: readonly (readonly string[])[];
  readonly recommends: readonly (readonly string[])[];
  readonly provides: readonly string[];
}

/** What an archive says of one release. */
export interface ReleaseIndex {
  readonly release: string;
  /** The day its index was made: YYYY-MM-DD. */
  readonly asOf: string;
  readonly packages: ReadonlyMap<string, IndexEntry>;
  /** Calls back with each path (without the slash in front) and the packages that bring it. */
  files(onFile: (path: string, packages: readonly string[]) => void): Promise<void>;
}

const run = promisify(execFile);

/**
 * Has apt fetch the indexes of releases into a folder of its own, and reads them. It needs apt and the archive's key, and
 * leaves the machine's own lists alone.
 * @param releases codenames of Debian
 */
export async function readIndexes(folder: string, releases: readonly string[]): Promise<readonly ReleaseIndex[]> {
  const config = configure(folder, releases);
  const env = { ...process.env, APT_CONFIG: config };
  await run("apt-get", ["update"], { env });
  const { stdout } = await run("apt-get", ["indextargets"], { env });
  const targets = stdout.split("\n\n").map(readFields);
  return releases.map((release) => {
    const pathsOf = (kind: string) =>
      targets
        .filter((each) => each.get("Codename")?.startsWith(release) && each.get("Created-By") === kind)
        .map((each) => each.get("Filename") ?? "");
    const packages = new Map(pathsOf("Packages").flatMap((path) => readPackages(readFileSync(path, "utf8"))));
    return {
      release,
      asOf: dayOf(folder, release),
      packages,
      files: async (onFile) => {
        for (const path of pathsOf("Contents-deb")) await readContents(path, onFile);
      },
    };
  });
}

/** apt's configuration for a folder of its own, with the lists of files beside those of packages. */
function configure(folder: string, releases: readonly string[]): string {
  for (const each of ["state/lists/partial", "cache/archives/partial"])
    mkdirSync(join(folder, each), { recursive: true });
  const keys = "[signed-by=/usr/share/keyrings/debian-archive-keyring.gpg]";
  const lines = releases.map((release) => `deb ${keys} https://deb.debian.org/debian ${release} main`);
  writeFileSync(join(folder, "sources.list"), `${lines.join("\n")}\n`);
  const config = join(folder, "apt.conf");
  writeFileSync(
    config,
    `Dir "${folder}";
Dir::State "${folder}/state";
Dir::State::status "/dev/null";
Dir::Cache "${folder}/cache";
Dir::Etc::SourceList "${folder}/sources.list";
Dir::Etc::SourceParts "/dev/null";
Dir::Etc::Parts "/dev/null";
Dir::Etc::Main "/dev/null";
Acquire::Languages "none";
Acquire::GzipIndexes "false";
APT::Architecture "amd64";
APT::Architectures { "amd64"; };
Acquire::IndexTargets::deb::Contents-deb { MetaKey "$(COMPONENT)/Contents-$(ARCHITECTURE)"; ShortDescription "Contents-$(ARCHITECTURE)"; Description "$(RELEASE)/$(COMPONENT) $(ARCHITECTURE) Contents (deb)"; KeepCompressed "true"; };
`,
  );
  return config;
}

function dayOf(folder: string, release: string): string {
  const path = join(folder, "state/lists", `deb.debian.org_debian_dists_${release}_InRelease`);
  const [, date = ""] = /^Date: (.+)$/m.exec(readFileSync(path, "utf8")) ?? [];
  return new Date(date).toISOString().slice(0, 10);
}

function readPackages(text: string): readonly (readonly [string, IndexEntry])[] {
  return text
    .split("\n\n")
    .map(readFields)
    .flatMap((fields) => {
      const name = fields.get("Package");
      return name === undefined ? [] : [[name, entryOf(name, fields)] as const];
    });
}

function entryOf(name: string, fields: ReadonlyMap<string, string>): IndexEntry {
  const relations = (field: string) => readRelations(fields.get(field) ?? "");
  return {
    name,
    source: fields.get("Source")?.split(" ")[0] ?? name,
    section: fields.get("Section") ?? "",
    priority: fields.get("Priority") ?? "",
    essential: fields.get("Essential") === "yes",
    size: Number(fields.get("Installed-Size") ?? 0),
    depends: [...relations("Pre-Depends"), ...relations("Depends")],
    recommends: relations("Recommends"),
    provides: relations("Provides").flat(),
  };
}

/** `libc6 (>= 2.34), debconf | debconf-2.0` as names. */
function readRelations(text: string): readonly (readonly string[])[] {
  return text
    .split(",")
    .map((each) =>
      each.split("|").flatMap(
        (name) =>
          name
            .replace(/\([^)]*\)/g, "")
            .trim()
            .split(":", 1)[0] || [],
      ),
    )
    .filter((each) => each.length > 0);
}

function readFields(paragraph: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  for (const line of paragraph.split("\n")) {
    const colon = line.indexOf(": ");
    if (colon > 0 && line[0] !== " ") fields.set(line.slice(0, colon), line.slice(colon + 2));
  }
  return fields;
}

/** Lines of `path   section/package,section/package`. */
async function readContents(path: string, onFile: (path: string, packages: readonly string[]) => void): Promise<void> {
  const child = spawn("/usr/lib/apt/apt-helper", ["cat-file", path], { stdio: ["ignore", "pipe", "inherit"] });
  for await (const line of createInterface({ input: child.stdout })) {
    const blank = line.lastIndexOf(" ");
    onFile(
      line.slice(0, blank).trimEnd(),
      line
        .slice(blank + 1)
        .split(",")
        .map((each) => each.slice(each.lastIndexOf("/") + 1)),
    );
  }
}
