import { lineage } from "../../model/image-config";
import type { Stage } from "../../model/model";
import { posix } from "../../model/paths";
import type { Project } from "../../project/project";
import type { Linked, RunCommand, StageView } from "../toolchain";
import { type CargoArguments, readCargoArguments } from "./arguments";
import { hasCargoSettings, rustFolders } from "./artifacts";

/** What `cargo` makes at a path: a program for the system of its own compiler, which is linked with the C library. */
export function compiledByCargo(run: RunCommand, path: string, view: StageView): Linked | undefined {
  const { baseLibc, project } = view;
  // For musl it links statically by default (rust-lang/rfcs 1721).
  if (run.program !== "cargo" || baseLibc === "musl" || run.folder === undefined) return undefined;
  // A toolchain that is named may be one for another C library.
  if (run.values.some((value) => value?.startsWith("+"))) return undefined;
  const args = readCargoArguments(run);
  if (!args || !rustFolders(run, args, view).includes(posix.dirname(path)) || /\./.test(posix.basename(path)))
    return undefined;
  const settings = settingsOf(run);
  // A static program, or one of another linker, has rules of its own.
  if (args.target?.includes("musl") || /crt-static|musl|linker|LINKER/.test(settings)) return undefined;
  // What its configuration says was not read.
  if (hasCargoSettings(view)) return undefined;
  const asUsual = settings === "" && args.target === undefined && run.command.always && nothingSet(run, view);
  // Rust's own library calls libgcc_s to unwind, with panic = "abort" too (readelf -d, Rust 1.95 on Debian 13).
  const libraries = [
    { name: "gcc_s", sure: asUsual },
    ...(linksOpenssl(run, project, view) ? [{ name: "ssl", sure: false }] : []),
  ];
  return { why: "cargo links it so", sure: asUsual, libraries };
}

/** How RUSTFLAGS and their like link: as cargo does by itself, statically, or dynamically for musl; undefined where it cannot be told. */
export function linkSettings(
  run: RunCommand,
  args: CargoArguments,
  view: StageView,
): "usual" | "static" | "dynamic" | undefined {
  if (hasCargoSettings(view)) return undefined;
  const settings = settingsOf(run).replaceAll(args.target === undefined ? "" : `CARGO_BUILD_TARGET=${args.target}`, "");
  if (settings.trim() === "") return "usual";
  if (/LINKER|linker|link-arg|link-self|prefer-dynamic|config\.toml|link-args|-[lL]/.test(settings)) return undefined;
  if (settings.includes("-crt-static")) return "dynamic";
  return settings.includes("+crt-static") ? "static" : undefined;
}

/** openssl-sys links with the system's OpenSSL; with openssl-src it builds its own (docs.rs/openssl, Vendored). */
function linksOpenssl(run: RunCommand, project: Project, { origin }: StageView): boolean {
  const lock = origin(posix.join(run.folder ?? "/", "Cargo.lock"), run);
  const packages = lock.kind === "context" ? project.packages?.get(lock.path) : undefined;
  return packages?.has("openssl-sys") === true && !packages.has("openssl-src");
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
    instructions.some(({ body, heredocs }) =>
      [body, ...heredocs.map(({ text }) => text)].some((text) => CARGO_CONFIG.test(text)),
    ),
  );
}

const CARGO_CONFIG = /\.cargo\b|cargo\/config|config\.toml/;

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
