import { posix } from "../../model/paths";
import type { Project } from "../../project/project";
import type { RunCommand, StageView } from "../toolchain";
import { type GoArguments, namesFiles } from "./flags";
import { type MainPackages, ownFolder } from "./sources";

/** The main packages that a build's arguments mean, in the context; undefined where it does not show them. */
export function mainPackages(
  run: RunCommand,
  args: GoArguments,
  view: StageView,
  folder: string,
): MainPackages | undefined {
  const packages = args.packages?.length ? args.packages : ["."];
  if (namesFiles(packages)) {
    const files = packages.flatMap((path) => {
      const origin = view.origin(posix.join(folder, path), run);
      return origin.kind === "context" ? [origin.path] : [];
    });
    return files.length === packages.length ? { files } : undefined;
  }
  const folders: string[] = [];
  for (const path of packages) {
    const found = path.includes("...")
      ? matchedFolders(path, run, view, folder)
          ?.filter(({ isMain }) => isMain)
          .map(({ origin }) => origin)
      : folderOf(path, run, view, folder);
    if (!found) return packages.length === 1 ? copiedOneByOne(path, run, view, folder) : undefined;
    folders.push(...found);
  }
  return { folders };
}

function folderOf(path: string, run: RunCommand, view: StageView, folder: string): readonly string[] | undefined {
  if (!/^[./]/.test(path)) {
    const own = ownFolder(view.project, path);
    return own === undefined ? undefined : [own];
  }
  const origin = view.origin(posix.join(folder, path), run);
  return origin.kind === "context" ? [origin.path] : undefined;
}

/** The sources were copied into the folder by their names. */
function copiedOneByOne(path: string, run: RunCommand, view: StageView, folder: string): MainPackages | undefined {
  if (!path.startsWith(".")) return undefined;
  const place = posix.join(folder, path);
  const files = [...view.project.goSources.keys()].filter((source) => {
    const origin = view.origin(posix.join(place, posix.basename(source)), run);
    return origin.kind === "context" && origin.path === source;
  });
  return files.length > 0 ? { files } : undefined;
}

/** A package that a pattern matches: where it stands in the stage, and in the context. */
export interface MatchedFolder {
  readonly place: string;
  readonly origin: string;
  readonly isMain: boolean;
}

/** The packages of `./...` or `./cmd/...`; undefined where the folder was not seen. Nested modules are none of them. */
export function matchedFolders(
  pattern: string,
  run: RunCommand,
  view: StageView,
  folder: string,
): readonly MatchedFolder[] | undefined {
  const match = /^(\.{1,2}(?:\/.*)?|\/.*?)\/?\.\.\.$/.exec(pattern);
  if (!match || match[1]?.includes("...")) return undefined;
  const top = posix.join(folder, match[1] ?? ".");
  const origin = view.origin(top, run);
  if (origin.kind !== "context") return undefined;
  return packagesBelow(view.project, origin.path).map(([path, isMain]) => ({
    place: posix.join(top, path.slice(origin.path === "" ? 0 : origin.path.length + 1)),
    origin: path,
    isMain,
  }));
}

/** Folders that hold Go files, and whether these are a program. */
function packagesBelow({ goSources, goModules }: Project, top: string): readonly (readonly [string, boolean])[] {
  const found = new Map<string, boolean>();
  for (const [path, source] of goSources) {
    const folder = path.slice(0, Math.max(path.lastIndexOf("/"), 0));
    const rest =
      top === ""
        ? folder
        : folder === top
          ? ""
          : folder.startsWith(`${top}/`)
            ? folder.slice(top.length + 1)
            : undefined;
    // What `go help packages` leaves out.
    if (rest === undefined || /(?:^|\/)(?:vendor|testdata|[._][^/]*)(?:\/|$)/.test(rest)) continue;
    if ([...goModules.keys()].some((module) => isNested(module, top, folder))) continue;
    found.set(folder, (found.get(folder) ?? false) || source.package === "main");
  }
  return [...found];
}

function isNested(module: string, top: string, folder: string): boolean {
  const below = top === "" ? module !== "" : module.startsWith(`${top}/`);
  return below && (folder === module || folder.startsWith(`${module}/`));
}
