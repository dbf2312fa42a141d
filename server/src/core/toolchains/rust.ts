import { posix } from "../model/paths";
import { readCargoArguments } from "./rust/arguments";
import { rustArtifacts, rustFolders } from "./rust/artifacts";
import { rustPlan } from "./rust/plan";
import type { Build, RunCommand, StageView, Toolchain } from "./toolchain";

/**
 * Rust: `cargo build` and `cargo install`. A program for glibc needs it and libgcc_s, which distroless cc has; one for musl is
 * static. `rust-artifacts.ts` tells where its programs come to stand, `rust-sources.ts` what they do, `rust-plan.ts` what is
 * not safe.
 */
export const rust: Toolchain = {
  id: "rust",
  title: "Rust",
  buildPackages: new Set(
    (
      "rustc cargo rustup cargo-auditable protobuf-compiler clang llvm lld mold libclang-dev llvm-dev nasm perl musl-tools musl-dev " +
      "pkgconf python3 autoconf automake libtool"
    ).split(" "),
  ),
  buildCommands: new Set(["cargo", "rustup", "rustc"]),
  ownFolders: ["/usr/local/cargo", "/usr/local/rustup", "/root/.cargo", "/root/.rustup"],
  leavesProgramsAlone: false,
  linksLibraries: true,
  isBuildVariable: (name) =>
    /^(?:CARGO(?:_\w+)?|RUSTFLAGS|RUSTDOCFLAGS|RUSTUP_\w+|RUSTC\w*|RUST_VERSION|CC|CXX|CFLAGS)$/.test(name),
  builds: (view) => lastOfEach(view.commands.slice(0, MAX_COMMANDS).flatMap((run) => buildOf(run, view))),
  failure: () => undefined,
  runtime: () => undefined,
  strip: () => [],
  plan: (build, view) => rustPlan(build, view),
};

/** A stage with more commands is not looked at beyond these: each build asks where its files come from. */
const MAX_COMMANDS = 500;

function buildOf(run: RunCommand, view: StageView): readonly Build[] {
  const args = readCargoArguments(run);
  if (!args || args.options.has("--list")) return [];
  const end = run.args.at(-1)?.word.span.end ?? run.programWord.span.end;
  const span = { start: run.programWord.span.start, end };
  const isTool = args.verb === "install" && (args.crates.length > 0 || args.options.has("--git"));
  const folders = rustFolders(run, args, view);
  return [
    {
      toolchain: rust,
      run,
      span,
      artifacts: rustArtifacts(run, args, view),
      mayMake: (path) => !isTool && folders.includes(posix.dirname(path)) && !posix.basename(path).includes("."),
      isTool,
    },
  ];
}

/** A build that a later one repeats is there for its dependencies: with a main.rs that says nothing they are cached. */
function lastOfEach(builds: readonly Build[]): readonly Build[] {
  const last = new Map(builds.map((build) => [wordsOf(build), build]));
  return builds.filter((build) => build.isTool || last.get(wordsOf(build)) === build);
}

function wordsOf({ artifacts, run }: Build): string {
  return ("known" in artifacts ? artifacts.known : [run.folder, ...run.values]).join(" ");
}
