import type { Parse } from "./parsers";
import { field } from "./targets";

/** What a Cargo.toml says of programs (doc.rust-lang.org/cargo/reference/manifest.html). */
export interface CargoManifest {
  /** The name of its package; undefined where it is a workspace alone. */
  readonly name: string | undefined;
  /** The programs that it names itself. */
  readonly bins: readonly CargoBin[];
  /** Files of src/bin and src/main.rs are programs too. */
  readonly autobins: boolean;
  /** It is the root of a workspace. */
  readonly workspace: CargoWorkspace | undefined;
  /** The crates that it depends on, for building aside: by the name of each, the folder of one of the project's own. */
  readonly dependencies: ReadonlyMap<string, CargoDependency>;
  /** The same for all members, where it is the root of a workspace. */
  readonly shared: ReadonlyMap<string, CargoDependency>;
}

export interface CargoBin {
  readonly name: string;
  readonly path: string | undefined;
  /** It is built with certain features alone. */
  readonly isOptional: boolean;
}

export interface CargoWorkspace {
  /** Folders, with wildcards. */
  readonly members: readonly string[];
  readonly defaults: readonly string[] | undefined;
  readonly exclude: readonly string[];
}

export interface CargoDependency {
  /** The folder of its sources, as it is written. */
  readonly path: string | undefined;
  /** The root of the workspace says the rest. */
  readonly isShared: boolean;
  readonly features: readonly string[];
}

export function isCargoManifest(path: string): boolean {
  return /(?:^|\/)Cargo\.toml$/.test(path);
}

/** Reads a Cargo.toml; undefined where it is broken. */
export function readCargoManifest(text: string, parseToml: Parse): CargoManifest | undefined {
  let root: unknown;
  try {
    root = parseToml(text);
  } catch {
    return undefined;
  }
  const of = field(root, "package");
  const workspace = field(root, "workspace");
  return {
    name: textOf(field(of, "name")),
    bins: list(field(root, "bin")).flatMap((bin) => readBin(bin)),
    autobins: field(of, "autobins") !== false,
    workspace: workspace === undefined ? undefined : readWorkspace(workspace),
    dependencies: new Map([
      ...dependenciesOf(field(root, "dependencies")),
      ...entries(field(root, "target")).flatMap(([system, each]) =>
        ofOtherSystem(system) ? [] : dependenciesOf(field(each, "dependencies")),
      ),
    ]),
    shared: new Map(dependenciesOf(field(workspace, "dependencies"))),
  };
}

function readBin(bin: unknown): readonly CargoBin[] {
  const name = textOf(field(bin, "name"));
  const isOptional = list(field(bin, "required-features")).length > 0;
  return name === undefined ? [] : [{ name, path: textOf(field(bin, "path")), isOptional }];
}

function readWorkspace(workspace: unknown): CargoWorkspace {
  const defaults = field(workspace, "default-members");
  return {
    members: texts(field(workspace, "members")),
    defaults: defaults === undefined ? undefined : texts(defaults),
    exclude: texts(field(workspace, "exclude")),
  };
}

function dependenciesOf(table: unknown): readonly (readonly [string, CargoDependency])[] {
  return entries(table).map(([key, value]) => [
    textOf(field(value, "package")) ?? key,
    {
      path: textOf(field(value, "path")),
      isShared: field(value, "workspace") === true,
      features: texts(field(value, "features")),
    },
  ]);
}

/** `[target.'cfg(windows)'.dependencies]` are no part of a program for Linux. */
function ofOtherSystem(target: string): boolean {
  return /windows|macos|apple|darwin|wasm|android|ios\b|bsd/.test(target) && !/\bany\(|\bnot\(|linux|unix/.test(target);
}

function entries(table: unknown): readonly (readonly [string, unknown])[] {
  return typeof table === "object" && table !== null ? Object.entries(table) : [];
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function texts(value: unknown): readonly string[] {
  return list(value).flatMap((each) => textOf(each) ?? []);
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
