import { posix } from "../../../model/paths";
import { writesCargoConfig } from "../../../toolchains/rust/link";
import type { RunCommand } from "../../../toolchains/toolchain";
import { type Change, mayMakeFiles, type Ruler, touches } from "../change";
import { folderVariables } from "../folder-variables";
import { buildFilesOf, contextHas, pathsOf, rulingAt } from "./ruling";

const VERBS = new Set(["build", "b", "fetch", "check", "c", "clean", "vendor"]);
const PLAIN =
  /^(?:--(?:release|locked|offline|frozen|verbose|quiet|bins|all-targets|all-features|no-default-features|workspace|all|lib)|-r|-v|-vv|-q|--(?:features|bin|package|jobs|color|target|profile|target-dir)=.*|-[Fpj].+)$/;
const WITH_VALUE = /^(?:--(?:features|bin|package|jobs|color|target|profile|target-dir)|-[Fpj])$/;
/** Cargo's own settings, a toolchain that is chosen, and programs that a build runs. */
const SETTINGS = /(?:^|\/)(?:\.cargo\/config(?:\.toml)?|rust-toolchain(?:\.toml)?|build\.rs)$/;
const MANIFEST = /(?:^|\/)Cargo\.toml$/;
/** What stands in target, and in the folder of a profile (doc.rust-lang.org/cargo/reference/build-cache.html). */
const IN_TARGET = [".rustc_info.json", "CACHEDIR.TAG", "tmp", "package", "doc"];
const IN_PROFILE = ["build", "deps", "examples", "incremental", ".fingerprint", ".cargo-lock"];

/** What it downloads (doc.rust-lang.org/cargo/guide/cargo-home.html); programs come to its bin by `cargo install` alone. */
export const CARGO_CACHES = ["registry", "git", ".package-cache", ".global-cache"].map(
  (name) => `/usr/local/cargo/${name}`,
);

/** A build writes its lock file, and into target what the manifests name. */
/** No workspace of a person makes more programs, nor stands deeper; of others nothing is said. */
const MAX_NAMES = 200;
const MAX_FOLDERS = 64;

export const cargo: Ruler = (world, run) => {
  const { folder } = run;
  const options = optionsOf(run);
  const ruling = folder === undefined ? undefined : rulingAt(world, posix.join(folder, "Cargo.toml"));
  const manifests = buildFilesOf(world, MANIFEST);
  if (folder === undefined || !options || !ruling || !manifests || contextHas(world, SETTINGS)) return undefined;
  if (writesCargoConfig(run.stage)) return undefined;
  const { files } = world.context.project;
  const known = (part: string) => files?.has(posix.join(ruling.folder, posix.join(part, "Cargo.toml")));
  if (manifests.some(({ keeps }) => !keeps) || !ruling.file.parts.every(known)) return undefined;
  const scripts = pathsOf(files, /(?:^|\/)src\/bin\/./) ?? [];
  const names = [
    ...manifests.flatMap(({ names }) => names ?? []),
    ...scripts.map((path) => /src\/bin\/([^/.]+)/.exec(path)?.[1] ?? "").filter(Boolean),
  ];
  if (names.length > MAX_NAMES || folder.split("/").length > MAX_FOLDERS) return undefined;
  const caches: Change = { kind: "caches" };
  const changes = [
    ...touches(...locks(folder), ...folderVariables(run).filter((each) => each !== options.given), ...CARGO_CACHES),
    ...options.targets(folder).flatMap((target) => inTarget(target, options.profiles, names)),
    caches,
  ];
  return () => changes;
};

interface Options {
  readonly given: string | undefined;
  readonly profiles: readonly string[];
  targets(folder: string): readonly string[];
}

/** Undefined where a word is not known, or its value. */
function optionsOf({ args, lookup, folder = "/" }: RunCommand): Options | undefined {
  const values = new Map<string, string>();
  let verb: string | undefined;
  for (let at = 0; at < args.length; at++) {
    const word = args[at]?.value;
    if (word === undefined) return undefined;
    const [name = "", given] = word.split("=", 2);
    if (WITH_VALUE.test(word)) {
      const next = args[++at]?.value;
      if (next === undefined) return undefined;
      values.set(word, next);
    } else if (PLAIN.test(word)) values.set(name, given ?? "");
    else if (verb === undefined && VERBS.has(word)) verb = word;
    else return undefined;
  }
  if (verb === undefined || verb === "vendor" || lookup("CARGO_BUILD_TARGET_DIR")) return undefined;
  const given = values.get("--target-dir") ?? (lookup("CARGO_TARGET_DIR") || undefined);
  const triple = values.get("--target") ?? (lookup("CARGO_BUILD_TARGET") || undefined);
  const profiles = ["debug", "release", ...(values.has("--profile") ? [values.get("--profile") ?? ""] : [])];
  return {
    given: given === undefined ? undefined : posix.join(folder, given),
    profiles: triple === undefined ? profiles : [...profiles, ...profiles.map((each) => posix.join(triple, each))],
    targets: (folder) =>
      given === undefined ? above(folder).map((each) => posix.join(each, "target")) : [posix.join(folder, given)],
  };
}

/** A workspace may be that of a folder above. */
function above(folder: string): readonly string[] {
  return folder === "/" ? ["/"] : [folder, ...above(posix.dirname(folder))];
}

function locks(folder: string): readonly string[] {
  return above(folder).map((each) => posix.join(each, "Cargo.lock"));
}

function inTarget(target: string, profiles: readonly string[], names: readonly string[]): readonly Change[] {
  const files = names.flatMap((name) => {
    const library = `lib${name.replaceAll("-", "_")}`;
    const module = name.replaceAll("-", "_");
    return [name, module, ...[name, module, library].flatMap((each) => ENDINGS.map((ending) => `${each}.${ending}`))];
  });
  return [
    ...touches(...IN_TARGET.map((name) => posix.join(target, name))),
    ...profiles.flatMap((profile) => {
      const at = (name: string) => posix.join(target, posix.join(profile, name));
      return [...touches(...IN_PROFILE.map(at)), ...mayMakeFiles(...files.map(at))];
    }),
  ];
}

const ENDINGS = "d rlib rmeta so a dylib dll lib wasm exe pdb dwp dSYM".split(" ");
