import { lineage } from "../model/image-config";
import type { Stage } from "../model/model";
import { posix } from "../model/paths";
import type { Project } from "../project/project";
import type { Linked, RunCommand, StageView } from "./toolchain";

/** What `cargo` makes at a path: a program for the system of its own compiler, which is linked with the C library. */
export function compiledByCargo(run: RunCommand, path: string, view: StageView): Linked | undefined {
  const { baseLibc, project } = view;
  // For musl it links statically by default (rust-lang/rfcs 1721).
  if (run.program !== "cargo" || baseLibc === "musl" || run.folder === undefined) return undefined;
  const read = readCargo(run);
  if (!read?.folders(run).some((folder) => folder === posix.dirname(path)) || /\./.test(posix.basename(path)))
    return undefined;
  const settings = settingsOf(run);
  // A static program, or one of another linker, has rules of its own.
  if (read.target?.includes("musl") || /crt-static|musl|linker|LINKER/.test(settings)) return undefined;
  // What its configuration says was not read.
  if (hasFile(project, /(?:^|\/)\.cargo\/config(?:\.toml)?$/)) return undefined;
  const asUsual = settings === "" && read.target === undefined && run.command.always && nothingSet(run, view);
  // Rust's own library calls libgcc_s to unwind, with panic = "abort" too (readelf -d, Rust 1.95 on Debian 13).
  const libraries = [
    { name: "gcc_s", sure: asUsual },
    ...(linksOpenssl(run, view) ? [{ name: "ssl", sure: false }] : []),
  ];
  return { why: "cargo links it so", sure: asUsual, libraries };
}

/** openssl-sys links with the system's OpenSSL; with openssl-src it builds its own (docs.rs/openssl, Vendored). */
function linksOpenssl(run: RunCommand, { project, origin }: StageView): boolean {
  const lock = origin(posix.join(run.folder ?? "/", "Cargo.lock"), run);
  const packages = lock.kind === "context" ? project.packages?.get(lock.path) : undefined;
  return packages?.has("openssl-sys") === true && !packages.has("openssl-src");
}

interface CargoCall {
  readonly target: string | undefined;
  /** The folders that its programs may come to stand in. */
  folders(run: RunCommand): readonly string[];
}

const BUILDS = new Set(["build", "b", "rustc", "install"]);
/** Options whose value is the next word. */
const WITH_VALUE = new Set(
  "--target --target-dir --profile --root --path --manifest-path --bin --package -p --features -F -j --jobs --color --message-format --example".split(
    " ",
  ),
);

/** Undefined where a word is not known, or its value. */
function readCargo({ args }: RunCommand): CargoCall | undefined {
  const options = new Map<string, string>();
  let verb: string | undefined;
  for (let at = 0; at < args.length; at++) {
    const value = args[at]?.value;
    // `+toolchain` may be one for another C library; `--config` sets anything.
    if (value === undefined || value.startsWith("+") || value.startsWith("--config")) return undefined;
    if (value === "--") break;
    const [name = "", given] = value.split("=", 2);
    if (!value.startsWith("-")) verb ??= value;
    else if (given !== undefined) options.set(name, given);
    else if (WITH_VALUE.has(name)) options.set(name, args[++at]?.value ?? "");
    else options.set(name, "");
  }
  if (verb === undefined || !BUILDS.has(verb)) return undefined;
  const target = options.get("--target");
  return { target, folders: verb === "install" ? installs(options) : builds(options, target) };
}

function installs(options: ReadonlyMap<string, string>): CargoCall["folders"] {
  return ({ folder = "/" }) => {
    const root = options.get("--root");
    // rust's images set CARGO_HOME (docker-library/rust); elsewhere it is below the home of root.
    const roots = root === undefined ? ["/usr/local/cargo", "/root/.cargo"] : [posix.join(folder, root)];
    return roots.map((each) => posix.join(each, "bin"));
  };
}

/** target/PROFILE of the package's folder, or of the workspace above it (doc.rust-lang.org/cargo/guide/build-cache.html). */
function builds(options: ReadonlyMap<string, string>, target: string | undefined): CargoCall["folders"] {
  return ({ folder = "/", lookup }) => {
    const released = options.has("--release") || options.has("-r");
    const profile = options.get("--profile") ?? (released ? "release" : "debug");
    const below = posix.join(target ?? ".", profile === "dev" ? "debug" : profile);
    const named = options.get("--target-dir") ?? (lookup("CARGO_TARGET_DIR") || undefined);
    if (named !== undefined) return [posix.join(folder, posix.join(named, below))];
    const folders: string[] = [];
    for (let at = folder; ; at = posix.dirname(at)) {
      folders.push(posix.join(at, posix.join("target", below)));
      if (at === "/") return folders;
    }
  };
}

const SETTINGS =
  /\b(?:RUSTFLAGS|CARGO_ENCODED_RUSTFLAGS|CARGO_BUILD_\w+|CARGO_TARGET_[A-Z0-9_]+_(?:LINKER|RUSTFLAGS))\b|\brustup\s+(?:default|override)\b/;

/** The lines of a stage, and the assignments of the command, that say how to link; "" where there are none. */
function settingsOf({ stage, command }: RunCommand): string {
  if (writesCargoConfig(stage)) return "config.toml";
  const lines = lineage(stage).flatMap(({ instructions }) =>
    instructions.flatMap(({ body }) => (SETTINGS.test(body) ? [body] : [])),
  );
  const own = command.assignments.filter(({ name }) => SETTINGS.test(name)).map(({ value }) => value?.text);
  return [...lines, ...own].filter((each) => each === undefined || !TUNES.test(each)).join("\n");
}

/** A step may write a configuration of Cargo: in a folder above the build, or in CARGO_HOME. */
export function writesCargoConfig(stage: Stage): boolean {
  return lineage(stage).some(({ instructions }) =>
    instructions.some(({ body, heredocs }) => heredocs.length > 0 || /\.cargo\b|cargo\/config|config\.toml/.test(body)),
  );
}

/** RUSTFLAGS that say how fast and how small, and nothing of the linking. */
const TUNES = /^(?:RUSTFLAGS[= ])?"?(?:-C ?(?:target-cpu|opt-level|codegen-units|lto|debuginfo|strip)=[\w.-]+[ "]?)+$/;

/** Which toolchain builds, and with which flags of its own. */
const SET = ["rust-toolchain", "rust-toolchain.toml", ".cargo/config", ".cargo/config.toml", "build.rs"];

/** No file may change how cargo links, or with which toolchain: the folder was seen and has none, or nothing of it is there. */
function nothingSet(run: RunCommand, { project, origin }: StageView): boolean {
  if (project.files) return !hasFile(project, /(?:^|\/)(?:rust-toolchain(?:\.toml)?|build\.rs)$/);
  const folders: string[] = [];
  for (let at = run.folder ?? "/"; at !== "/"; at = posix.dirname(at)) folders.push(at);
  return [...folders, "/"].every((at) => SET.every((name) => origin(posix.join(at, name), run).kind === "none"));
}

function hasFile({ files }: Project, name: RegExp): boolean {
  return [...(files?.keys() ?? [])].some((path) => name.test(path));
}
