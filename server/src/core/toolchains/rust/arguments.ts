import { posix } from "../../model/paths";
import type { RunCommand } from "../toolchain";

/** The words of a `cargo build` or `cargo install` (doc.rust-lang.org/cargo/commands). */
export interface CargoArguments {
  readonly verb: "build" | "install";
  /** The folder that it starts from; undefined where that is not known. */
  readonly folder: string | undefined;
  readonly options: ReadonlyMap<string, string>;
  /** What `-p` and `--bin` name. */
  readonly packages: readonly string[];
  readonly bins: readonly string[];
  /** The triple of the system that it builds for, where that is said. */
  readonly target: string | undefined;
  /** The folder of the profile below `target`: release. */
  readonly profile: string;
  /** The crates that `cargo install` names. */
  readonly crates: readonly string[];
}

const BUILDS: ReadonlyMap<string, CargoArguments["verb"]> = new Map([
  ["build", "build"],
  ["b", "build"],
  ["rustc", "build"],
  ["install", "install"],
]);
/** Options whose value is the next word. */
const WITH_VALUE = new Set(
  (
    "--target --target-dir --profile --root --path --manifest-path --bin --package -p --features -F -j --jobs --color " +
    "--message-format --example --exclude --git --branch --tag --rev --version --registry --index"
  ).split(" "),
);

/** Undefined where a word is not known, or its value, or it builds nothing. */
export function readCargoArguments(run: RunCommand): CargoArguments | undefined {
  if (run.program !== "cargo") return undefined;
  const { args, lookup } = run;
  const options = new Map<string, string>();
  const named: Record<"packages" | "bins", string[]> = { packages: [], bins: [] };
  const words: string[] = [];
  for (let at = 0; at < args.length; at++) {
    const value = args[at]?.value;
    // `--config` sets anything, and a toolchain may be one for another C library.
    if (value === undefined || value.startsWith("--config") || /^\+.*musl/.test(value)) return undefined;
    if (value === "--") break;
    if (value.startsWith("+")) continue;
    if (!value.startsWith("-")) {
      words.push(value);
      continue;
    }
    const [name, given] = optionOf(value);
    const text = WITH_VALUE.has(name) ? (given ?? args[++at]?.value) : (given ?? "");
    if (text === undefined) return undefined;
    if (name === "-p" || name === "--package") named.packages.push(text.split("@", 1)[0] ?? text);
    else if (name === "--bin") named.bins.push(text);
    else options.set(name, text);
  }
  const verb = BUILDS.get(words[0] ?? "");
  if (!verb) return undefined;
  return {
    verb,
    folder: folderOf(run, verb, options),
    options,
    ...named,
    target: options.get("--target") ?? (lookup("CARGO_BUILD_TARGET") || undefined),
    profile: profileOf(verb, options),
    crates: words.slice(1),
  };
}

/** `--bin=web`, `--bin`, `-pweb`. */
function optionOf(word: string): readonly [name: string, value: string | undefined] {
  if (!word.startsWith("--")) return [word.slice(0, 2), word.length > 2 ? word.slice(2).replace(/^=/, "") : undefined];
  const at = word.indexOf("=");
  return at < 0 ? [word, undefined] : [word.slice(0, at), word.slice(at + 1)];
}

function folderOf({ folder }: RunCommand, verb: CargoArguments["verb"], options: ReadonlyMap<string, string>) {
  const manifest = options.get("--manifest-path");
  const path = verb === "install" ? options.get("--path") : manifest && posix.dirname(manifest);
  const at = posix.join(folder ?? "/", path ?? ".");
  return folder === undefined && !path?.startsWith("/") ? undefined : at;
}

/** doc.rust-lang.org/cargo/reference/profiles.html */
function profileOf(verb: CargoArguments["verb"], options: ReadonlyMap<string, string>): string {
  const named = options.get("--profile");
  if (named !== undefined) return named === "dev" || named === "test" ? "debug" : named === "bench" ? "release" : named;
  const released = options.has("--release") || options.has("-r") || (verb === "install" && !options.has("--debug"));
  return released ? "release" : "debug";
}
