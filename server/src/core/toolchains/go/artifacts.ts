import { posix } from "../../model/paths";
import { type Fact, known, unknown } from "../../text/fact";
import type { RunCommand, StageView } from "../toolchain";
import { type GoArguments, namesFiles } from "./flags";
import { matchedFolders } from "./packages";

/** Where the program of a build comes to stand (cmd/go, "Compile packages and dependencies"). */
export function artifactsOf(run: RunCommand, args: GoArguments, view: StageView): Fact<readonly string[]> {
  const folder = workFolder(run, args);
  if (folder === undefined) return unknown("the folder it is built in is not known");
  if (!args.packages) return unknown("a variable hides what is built");
  if (setByGoEnv(view) || /(?:^|\s)-o\b/.test(run.lookup("GOFLAGS") ?? ""))
    return unknown("`go env -w` or GOFLAGS may say where it goes");
  const output = args.flags.get("o");
  if (output && output.value === undefined) return unknown("a variable hides what -o names");
  if (output?.value && args.subcommand === "build") {
    const path = posix.join(folder, output.value);
    // What may be a folder is taken for the program: the image starts one of the two, and only the program can be started.
    const isFolder = output.value.endsWith("/") || view.isFolder(path, run) === true;
    if (!isFolder)
      return args.packages.length <= 1 || namesFiles(args.packages)
        ? known([path])
        : unknown("several packages cannot share one -o");
    return named(run, args, view, folder, path);
  }
  if (args.subcommand === "build")
    return discards(run, args, view, folder) ? known([]) : named(run, args, view, folder, folder);
  // What is built for another platform is installed into a folder of its name.
  if (run.lookup("GOARCH") || !["", "linux"].includes(run.lookup("GOOS") ?? ""))
    return unknown("it is installed for a platform of its own");
  const bin = installFolder(run, view);
  return bin === undefined ? unknown("GOPATH is not known") : named(run, args, view, folder, bin);
}

/** `go env -w` sets what later builds do in a file of its own, here where they put programs and for which system. */
export function setByGoEnv({ commands }: StageView, names = /^(?:GOFLAGS|GOBIN|GOPATH|GOOS|GOARCH)=/): boolean {
  return commands.some(({ program, args: [verb, ...rest] }) => {
    const words = rest.map(({ value, word }) => value ?? word.text);
    return program === "go" && verb?.value === "env" && words.includes("-w") && words.some((word) => names.test(word));
  });
}

/** `go build` of several packages without -o checks that they compile, and keeps nothing. */
function discards(run: RunCommand, { packages = [] }: GoArguments, view: StageView, folder: string): boolean {
  if (namesFiles(packages)) return false;
  const counts = packages.map((path) =>
    path.includes("...") ? (matchedFolders(path, run, view, folder)?.length ?? 0) : 1,
  );
  return counts.reduce((sum, count) => sum + count, 0) > 1;
}

/** The folder that a build works in: `-C` moves it. */
export function workFolder(run: RunCommand, args: GoArguments): string | undefined {
  const change = args.flags.get("C");
  if (!change) return run.folder;
  return run.folder === undefined || change.value === undefined ? undefined : posix.join(run.folder, change.value);
}

/** `go install` writes to GOBIN, else to bin below GOPATH; the golang images set GOPATH=/go. */
function installFolder(run: RunCommand, view: StageView): string | undefined {
  const bin = run.lookup("GOBIN");
  if (bin) return bin;
  const path = run.lookup("GOPATH");
  if (path) return posix.join(path, "bin");
  if (view.baseName === "golang") return "/go/bin";
  const home = run.lookup("HOME") || "/root";
  const user = run.stage.scope.user(run.at);
  return user === "" || user === "root" || user === "0" ? posix.join(home, "go/bin") : undefined;
}

function named(
  run: RunCommand,
  args: GoArguments,
  view: StageView,
  folder: string,
  into: string,
): Fact<readonly string[]> {
  const names = programNames(run, args, view, folder);
  return "unknown" in names ? names : known(names.known.map((name) => posix.join(into, name)));
}

/** A program is named after its first file, or after the last part of its package's import path. */
function programNames(run: RunCommand, args: GoArguments, view: StageView, folder: string): Fact<readonly string[]> {
  const packages = args.packages?.length ? args.packages : ["."];
  if (namesFiles(packages)) {
    const [first = ""] = packages;
    if (/[*?[]/.test(first)) return unknown(`${first} stands for files that only the folder tells`);
    return known([posix.basename(first).replace(/\.go$/, "")]);
  }
  const names: string[] = [];
  for (const path of packages) {
    const matched = path.includes("...") ? matchedFolders(path, run, view, folder) : undefined;
    if (path.includes("...") && !matched) return unknown(`${path} stands for packages that only the folder tells`);
    const mains = matched?.flatMap(({ place, isMain }) => (isMain ? [place] : []));
    for (const each of mains ?? [path.split("@", 1)[0] ?? path]) {
      const name = packageName(each, run, view, folder);
      if ("unknown" in name) return name;
      names.push(name.known);
    }
  }
  return known(names);
}

function packageName(path: string, run: RunCommand, view: StageView, folder: string): Fact<string> {
  if (!path.startsWith(".") && !path.startsWith("/")) return known(lastElement(path));
  const place = posix.join(folder, path);
  const module = moduleOf(place, run, view);
  if (module === "gopath")
    return place === "/" ? unknown("a program built in / has no name without -o") : known(posix.basename(place));
  if (!module) return unknown("the program's name comes from go.mod, which was not seen");
  return known(lastElement(module.folder === place ? module.path : place));
}

/** The last element of an import path; a major version (`/v2`) is no name. */
function lastElement(path: string): string {
  const parts = path.split("/").filter(Boolean);
  const last = parts.at(-1) ?? "";
  return /^v\d+$/.test(last) && parts.length > 1 ? (parts.at(-2) ?? last) : last;
}

/** The module that a folder of the stage belongs to, "gopath" where modules are off, undefined where it is not known. */
function moduleOf(
  place: string,
  run: RunCommand,
  view: StageView,
): { folder: string; path: string } | "gopath" | undefined {
  if (run.lookup("GO111MODULE") === "off") return "gopath";
  for (let folder = place; ; folder = posix.dirname(folder)) {
    const origin = view.origin(posix.join(folder, "go.mod"), run);
    if (origin.kind === "unknown") return undefined;
    if (origin.kind === "context") {
      const module = view.project.goModules.get(posix.dirname(`/${origin.path}`).slice(1));
      return module && { folder, path: module.path };
    }
    if (folder === "/") return undefined;
  }
}
