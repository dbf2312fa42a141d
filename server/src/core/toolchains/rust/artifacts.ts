import { posix } from "../../model/paths";
import { type Fact, known, unknown } from "../../text/fact";
import type { RunCommand, StageView } from "../toolchain";
import type { CargoArguments } from "./arguments";
import { type CargoPackage, cargoProject } from "./packages";

/** Where the programs of a cargo command come to stand. */
export function rustArtifacts(run: RunCommand, args: CargoArguments, view: StageView): Fact<readonly string[]> {
  if (args.folder === undefined) return unknown("the folder it is built in is not known");
  if (hasCargoSettings(view)) return unknown("its .cargo/config.toml may say where it goes");
  const project = cargoProject(run, args, view);
  if (!project) return unknown("the program's name comes from Cargo.toml, which was not seen");
  const names = project.built.flatMap((each) => programsOf(each, args, view));
  const [folder] =
    args.verb === "install" ? installFolders(run, args, view) : targetFolders(run, args, project.root.place);
  return folder === undefined
    ? unknown("the folder that it is installed to is not known")
    : known([...new Set(names)].map((name) => posix.join(folder, name)));
}

/** The folders that its programs may come to stand in, whatever their names. */
export function rustFolders(run: RunCommand, args: CargoArguments, view: StageView): readonly string[] {
  if (args.folder === undefined || hasCargoSettings(view)) return [];
  if (args.verb === "install") return installFolders(run, args, view);
  const project = cargoProject(run, args, view);
  // The package may be one of a workspace of a folder above.
  return project
    ? targetFolders(run, args, project.root.place)
    : foldersTo(args.folder).flatMap((folder) => targetFolders(run, args, folder));
}

function foldersTo(folder: string): readonly string[] {
  return folder === "/" ? ["/"] : [folder, ...foldersTo(posix.dirname(folder))];
}

/** target/PROFILE of the workspace, below the triple where one is named (doc.rust-lang.org/cargo/reference/build-cache.html). */
function targetFolders({ lookup, folder = "/" }: RunCommand, args: CargoArguments, root: string): readonly string[] {
  const named = args.options.get("--target-dir") ?? (lookup("CARGO_TARGET_DIR") || undefined);
  const target = named === undefined ? posix.join(root, "target") : posix.join(folder, named);
  return [posix.join(target, posix.join(args.target ?? ".", args.profile))];
}

/** --root, CARGO_INSTALL_ROOT, CARGO_HOME, in that order (cargo install); rust's images set CARGO_HOME (docker-library/rust). */
function installFolders(run: RunCommand, { options }: CargoArguments, view: StageView): readonly string[] {
  const { lookup, folder = "/", stage, at } = run;
  const named = options.get("--root") ?? lookup("CARGO_INSTALL_ROOT") ?? lookup("CARGO_HOME");
  if (named) return [posix.join(posix.join(folder, named), "bin")];
  if (view.baseName === "rust") return ["/usr/local/cargo/bin"];
  const user = stage.scope.user(at);
  return user === "" || user === "root" || user === "0" ? [posix.join(lookup("HOME") || "/root", ".cargo/bin")] : [];
}

/** Cargo's own settings, which may name another folder, system or linker. */
export function hasCargoSettings({ project: { files } }: StageView): boolean {
  return [...(files?.keys() ?? [])].some((path) => /(?:^|\/)\.cargo\/config(?:\.toml)?$/.test(path));
}

/** The programs of a package that the command builds (reference/cargo-targets.html). */
function programsOf(of: CargoPackage, { bins, options }: CargoArguments, { project }: StageView): readonly string[] {
  if (
    bins.length === 0 &&
    ["--lib", "--example", "--examples", "--test", "--tests", "--bench"].some((each) => options.has(each))
  )
    if (!options.has("--bins")) return [];
  const { manifest, folder } = of;
  const at = (path: string) => posix.join(`/${folder}`, path).slice(1);
  const claimed = new Set(manifest.bins.map(({ name, path }) => path ?? `src/bin/${name}.rs`));
  const own = manifest.bins
    .filter(({ name, isOptional }) => !isOptional || bins.includes(name))
    .map(({ name }) => name);
  const main =
    manifest.name !== undefined && project.files?.has(at("src/main.rs")) && !claimed.has("src/main.rs")
      ? [manifest.name]
      : [];
  const others = [...(project.files?.keys() ?? [])].flatMap((path) => {
    const below = path.startsWith(at("src/bin/")) ? path.slice(at("src/bin/").length) : "";
    const name = /^([\w-]+)(?:\.rs|\/main\.rs)$/.exec(below)?.[1];
    return name === undefined || claimed.has(`src/bin/${below}`) ? [] : [name];
  });
  const all = [...new Set(manifest.autobins ? [...own, ...main, ...others] : own)];
  return bins.length > 0 ? all.filter((name) => bins.includes(name)) : all;
}
