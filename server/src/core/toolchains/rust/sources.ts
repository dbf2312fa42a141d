import { posix } from "../../model/paths";
import { sourceSyntax } from "../../project/source-syntax";
import { rememberedBeside } from "../../text/remembered";
import type { NamingFile } from "../named-files";
import type { ProgramUse } from "../program-files";
import type { SourceUnit } from "../source-values";
import type { Build, StageView } from "../toolchain";
import { readCargoArguments } from "./arguments";
import { type CargoProject, cargoProject, partsOf } from "./packages";
import { rustUses } from "./uses";

/** What the sources of a cargo build say. */
export interface RustProgram {
  readonly project: CargoProject;
  /** What their own files do; undefined where these were not read. */
  readonly uses: readonly ProgramUse[] | undefined;
  readonly naming: readonly NamingFile[];
  /** The crates that come from elsewhere: their sources are not in the folder. */
  readonly foreign: readonly string[];
  /** A build script of theirs that names libraries to link with, or compiles C: its path. */
  readonly linkScript: string | undefined;
}

/** The packages that a build makes programs of, with those of the project that they use; undefined where the folder does not show them. */
export const rustProgram = rememberedBeside((build: Build, view: StageView): RustProgram | undefined => {
  const args = readCargoArguments(build.run);
  const project = args && cargoProject(build.run, args, view);
  if (!project) return undefined;
  const { built, root } = project;
  const parts = [
    ...new Map(built.flatMap((each) => partsOf(each, root, view)).map((part) => [part.folder, part])).values(),
  ];
  const folders = parts.map(({ folder, place, manifest }) => {
    const below = folder === "" ? "" : `${folder}/`;
    const named = manifest.bins.flatMap(({ path }) => (path === undefined ? [] : [posix.dirname(path)]));
    return { below, place, roots: ["src", ...named].map((each) => (each === "." ? below : `${below}${each}/`)) };
  });
  const units = [...(view.project.rustSources ?? [])].flatMap(([path, text]): SourceUnit[] => {
    const part = folders.find(
      ({ below, roots }) => path === `${below}build.rs` || roots.some((each) => path.startsWith(each)),
    );
    return part ? [{ path, text, place: part.place }] : [];
  });
  const own = units.filter(({ path }) => !isBuildScript(path));
  // The folder may have more sources than are read.
  const seen =
    own.length > 0 &&
    [...(view.project.files?.keys() ?? [])].every(
      (path) => !isOf(path, folders) || view.project.rustSources?.has(path),
    );
  return {
    project,
    uses: seen ? rustUses(own) : undefined,
    naming: own.map(({ path, text }) => ({
      path,
      folder: posix.dirname(`/${path}`).slice(1),
      literals: text.strings,
      embeds: embedded(text),
    })),
    foreign: foreignCrates(project, view),
    linkScript: units.find(({ path, text }) => isBuildScript(path) && linksItself(text))?.path,
  };
});

function isBuildScript(path: string): boolean {
  return posix.basename(path) === "build.rs";
}

function isOf(path: string, folders: readonly { readonly below: string }[]): boolean {
  return path.endsWith(".rs") && folders.some(({ below }) => path.startsWith(`${below}src/`));
}

/** doc.rust-lang.org/cargo/reference/build-scripts.html */
function linksItself(text: SourceUnit["text"]): boolean {
  return (
    /\bcc\s*::|\bpkg_config\b|\bcmake\s*::/.test(text.code) || text.strings.some((each) => each.includes("rustc-link"))
  );
}

/** Files that become part of the program: `include_str!("page.html")`. */
function embedded(text: SourceUnit["text"]): readonly string[] {
  return sourceSyntax(text).calls.flatMap(({ name, args }) =>
    /^(?:\w+::)*include_(?:str|bytes)!$/.test(name) ? (args[0]?.flatMap(({ literal }) => literal ?? []) ?? []) : [],
  );
}

function foreignCrates({ built, root, all }: CargoProject, view: StageView): readonly string[] {
  const own = new Set(all.map(({ manifest }) => manifest.name));
  const parts = built.flatMap((each) => partsOf(each, root, view));
  return [
    ...new Set(
      parts.flatMap(({ manifest }) =>
        [...manifest.dependencies].flatMap(([name, { path }]) => (path === undefined && !own.has(name) ? [name] : [])),
      ),
    ),
  ];
}
