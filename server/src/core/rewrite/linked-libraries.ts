import { exactly, nothingKnown } from "../catalog/amounts";
import { installSize } from "../catalog/install-size";
import { runtimeOf } from "../catalog/packages";
import type { Size } from "../catalog/size";
import { installedPackages } from "../flow/commands/packages";
import { isToLinkWith } from "../flow/commands/system-needs";
import type { FileContext } from "../flow/context";
import type { ShippedProgram } from "../flow/running/shipped-program";
import { libraryOfPackage, nativeLibrary } from "../toolchains/native-libraries";
import type { BuildPlan, NativeLibrary } from "../toolchains/toolchain";
import type { Rung } from "./ladder";

/** Where the libraries of a program come from in its final image. */
export interface LinkedLibraries {
  /** The command that gathers them in the build stage, and the folder that it makes. */
  readonly gather: { readonly command: string; readonly folder: string } | undefined;
  /** The packages that bring them. */
  readonly packages: readonly string[];
  readonly assumes: readonly string[];
  /** What they add to the final image. */
  readonly size: Size;
}

const NOTHING: LinkedLibraries = { gather: undefined, packages: [], assumes: [], size: exactly(0) };

/** Names of libraries, as linkers know them, that images of a rung have (base/, cc/config.bzl of GoogleContainerTools/distroless). */
const OF_BASE = ["ssl", "crypto", "z", "zstd"];
const OF_CC = [...OF_BASE, "stdc++", "gcc_s", "gomp"];

/** Releases of Debian and Ubuntu whose `ldd`, `awk` and `cp` gather, the older ones with OpenSSL 1.1. */
const WITH_OPENSSL_1 = new Set(["buster", "bullseye", "focal", "bionic"]);
const WITH_OPENSSL_3 = new Set(["bookworm", "trixie", "jammy", "noble"]);

/** The libraries that a program brings to its final image; a sentence where it could miss something there. */
export function linkedLibraries(
  context: FileContext,
  program: ShippedProgram,
  plan: BuildPlan,
  rung: Rung,
): LinkedLibraries | string {
  const release = context.view(program.stage).baseRelease ?? "";
  const shared = plan.library
    ? [...(plan.library.shared ?? []), ...installedToLink(context, program, plan, release)]
    : [];
  if (shared.length === 0) return NOTHING;
  if (rung === "slim") return installed(shared, release);
  const has = new Set(rung === "cc" ? OF_CC : OF_BASE);
  const old = WITH_OPENSSL_1.has(release);
  const missing = shared.filter(({ name }) => !has.has(name) || (old && /^(?:ssl|crypto)$/.test(name)));
  if (missing.length === 0) return NOTHING;
  const [open] = missing.filter(({ isComplete }) => !isComplete);
  if (open)
    return `The program may need lib${open.name} (${open.why}), and files beside it that are not known here: distroless images have neither; a slim final stage can install it.`;
  if (!old && !WITH_OPENSSL_3.has(release))
    return `The program may need lib${missing[0]?.name} (${missing[0]?.why}), which distroless images have not, and how to gather it on this system is not known.`;
  // What is not surely free has a name that nobody uses.
  const folder = context.presence(program.stage, "/libs").kind === "absent" ? "/libs" : "/linked-libraries";
  const names = missing.map(({ name }) => `lib${name}`).join(", ");
  return {
    gather: { folder, command: gathers(folder, program, rung) },
    packages: [],
    size: sizeOf(missing, release),
    assumes: [
      `What the program is linked with and distroless ${rung} has not (${names} and what they need) is gathered by \`ldd\` in the build stage, and found in /usr/lib.`,
    ],
  };
}

/** What the stage installs to link with is linked, where not all sources were read. */
function installedToLink(
  context: FileContext,
  { stage, build }: ShippedProgram,
  plan: BuildPlan,
  release: string,
): readonly NativeLibrary[] {
  const known = new Set(plan.library?.shared?.map(({ dev }) => dev));
  const isNew = (name: string) => isToLinkWith(name) && !known.has(name) && !build.toolchain.buildPackages.has(name);
  if (plan.closed || !build.toolchain.linksLibraries) return [];
  const names = context
    .view(stage)
    .commands.flatMap((run) => installedPackages(run))
    .filter(isNew);
  return [...new Set(names)].flatMap((dev) => {
    // Headers alone.
    if (runtimeOf(release, dev)?.length === 0) return [];
    const name = libraryOfPackage(dev) ?? dev.replace(/^lib|-dev$/g, "");
    return [{ ...nativeLibrary(name, `${dev} is installed`), dev }];
  });
}

/** Libraries of glibc, and those of the rung, by the names of their files: nothing of them is gathered. */
const GLIBC = "(c|m|mvec|dl|pthread|rt|resolv|util|anl)\\.so";
const BASE_FILES = "(z|zstd)\\.so|(ssl|crypto)\\.so\\.3";
const CC_FILES = "(gcc_s|stdc\\+\\+|gomp)\\.so";

/**
 * `ldd` prints `libx.so.1 => /path (address)` for each library that a program needs, directly or not. One that is not found has
 * no path, and lets the build fail.
 */
function gathers(folder: string, { artifact, others }: ShippedProgram, rung: Rung): string {
  const programs = [artifact, ...others.map((each) => each.artifact)].join(" ");
  const there = [GLIBC, BASE_FILES, ...(rung === "cc" ? [CC_FILES] : [])].join("|");
  return `mkdir ${folder} && ldd ${programs} | awk '$2 == "=>" && $1 !~ /^lib(${there})/ { print $3 }' | sort -u | xargs -r cp -Lt ${folder}`;
}

/** On a system the packages of the libraries are installed. */
function installed(shared: readonly NativeLibrary[], release: string): LinkedLibraries | string {
  const packages = new Set<string>();
  for (const { name, why, dev } of shared) {
    const found = dev === undefined ? undefined : runtimeOf(release, dev);
    if (!found)
      return `The program may need lib${name} (${why}), and which package of ${release || "the system"} brings it is not known.`;
    for (const each of found) packages.add(each);
  }
  const names = [...packages].sort();
  return { ...NOTHING, packages: names, size: packagesSize(names, release) };
}

/** The bytes of libraries, by the packages that bring them and what these need. */
function sizeOf(libraries: readonly NativeLibrary[], release: string): Size {
  const found = libraries.map(({ dev }) => (dev === undefined ? undefined : runtimeOf(release, dev)));
  if (!found.every((names) => names !== undefined)) return nothingKnown();
  return packagesSize(found.flat(), release);
}

/** What packages of a release add to its smallest image. */
export function packagesSize(packages: readonly string[], release: string): Size {
  return installSize(release, packages, { recommends: false, slim: true }) ?? nothingKnown();
}
