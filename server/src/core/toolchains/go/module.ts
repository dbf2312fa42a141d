import { posix } from "../../model/paths";
import { isStandardPackage } from "../../project/go";
import type { Edit } from "../../text/edit";
import type { Build, Failure, RunCommand, StageView } from "../toolchain";
import { workFolder } from "./artifacts";
import { type GoArguments, namesFiles, readGoArguments } from "./flags";

const BRINGS = new Set(["git", "svn", "hg", "curl", "wget", "tar", "unzip", "cp", "mv", "rsync", "make", "sh", "bash"]);

/**
 * Why a `go build` fails for want of a go.mod: since Go 1.16 it needs one unless modules are off or its files are named,
 * and GOPATH itself is no place for one (cmd/go, modload; measured with Go 1.19 to 1.26: up to 1.21 a go.mod there is an
 * error, later it is ignored with a warning). Undefined where that is not so, or not known.
 */
export function moduleFailure(build: Build, view: StageView): Failure | undefined {
  const { run, span } = build;
  const args = readGoArguments(run);
  const folder = args && workFolder(run, args);
  if (!args || folder === undefined || !needsModule(run, args, view)) return undefined;
  const words = ["go", args.subcommand, ...(args.packages ?? [])].join(" ");
  if (folder === goPath(run, view) && minor(view) <= 21) return inGoPath(words, folder, span, run, view);
  if (moduleSeen(folder, run, view)) return undefined;
  return {
    message: `Its own build fails as it stands: no go.mod is copied into ${folder}, and since Go 1.16 \`${words}\` refuses to build without one. Copy go.mod, or name the file to build.`,
    span,
    fixes: [...copyModule(folder, run, view), ...nameFiles(folder, args, run, view)],
  };
}

/** Modules are on, packages of the folder are built, and nothing may have brought files that are not seen. */
function needsModule(run: RunCommand, args: GoArguments, view: StageView): boolean {
  const module = run.lookup("GO111MODULE");
  if (module === "off" || module === "auto" || namesFiles(args.packages ?? [])) return false;
  if (args.packages?.some((path) => path.includes("@")) || minor(view) < 16) return false;
  // What a mount or a command may have brought is not seen.
  const mounted = run.instruction.flags.some(({ name }) => name === "mount");
  return (
    !mounted &&
    !view.commands.some((other) => BRINGS.has(other.program ?? "") || initsModule(other) || namesModule(other))
  );
}

/** `echo … > go.mod`, `tee go.mod`: a command other than Go's own that writes one, or may. */
function namesModule({ program, args, command }: RunCommand): boolean {
  if (command.output && /go\.(?:mod|work)|\$/.test(command.output.text)) return true;
  return program !== "go" && args.some(({ value }) => value === undefined || /(?:^|\/)go\.(?:mod|work)$/.test(value));
}

function initsModule({ program, args }: RunCommand): boolean {
  return program === "go" && ["mod init", "work init"].includes(`${args[0]?.value} ${args[1]?.value}`);
}

/** The 21 of Go 1.21; that of today where the image does not tell. */
function minor({ baseVersion }: StageView): number {
  return Number(baseVersion?.split(".")[1] ?? 99);
}

/** GOPATH of the golang images is /go (docker-library/golang), and their WORKDIR too. */
function goPath(run: RunCommand, view: StageView): string | undefined {
  return run.lookup("GOPATH") || (view.baseName === "golang" ? "/go" : undefined);
}

function moduleSeen(folder: string, run: RunCommand, view: StageView): boolean {
  for (let at = folder; ; at = posix.dirname(at)) {
    for (const file of ["go.mod", "go.work"]) if (view.origin(posix.join(at, file), run).kind !== "none") return true;
    if (at === "/") return false;
  }
}

function inGoPath(
  words: string,
  folder: string,
  span: Failure["span"],
  run: RunCommand,
  view: StageView,
): Failure | undefined {
  // Without a go.mod in the folder a WORKDIR is not enough.
  if (view.project.files && !view.project.files.has("go.mod")) {
    const fixes = nameFiles(folder, readGoArguments(run), run, view);
    return {
      message: `Its own build fails as it stands: \`${words}\` needs a go.mod, the folder has none, and ${folder} is GOPATH, where Go ${view.baseVersion} wants none.`,
      span,
      fixes,
    };
  }
  const first = run.stage.instructions.find(
    ({ keyword }) => !["ARG", "ENV", "LABEL", "SHELL", "USER"].includes(keyword),
  );
  const at = first?.span.start;
  const named = run.stage.instructions.some(({ keyword }) => keyword === "WORKDIR");
  return {
    message: `Its own build fails as it stands: the stage works in ${folder}, which is GOPATH, and Go ${view.baseVersion} refuses \`${words}\` there with a go.mod and without one.`,
    span,
    fixes:
      at === undefined || named
        ? []
        : [{ title: "Work in /app, outside GOPATH (WORKDIR /app)", edits: [newLine(at, "WORKDIR /app")] }],
  };
}

/** A line of its own before the instruction that begins at an offset. */
function newLine(at: number, line: string): Edit {
  return { span: { start: at, end: at }, text: `${line}\n` };
}

/** The folder of the sources has a go.mod that is not copied: it is, on a line before the first of them. */
function copyModule(folder: string, run: RunCommand, view: StageView): Failure["fixes"] {
  const { files } = view.project;
  const named = view.copiedInto(folder, run);
  const first = named?.[0];
  if (!files || !first) return [];
  const source = posix.dirname(first.source).replace(/^\.$/, "");
  const manifests = ["go.mod", "go.sum"]
    .map((file) => (source ? `${source}/${file}` : file))
    .filter((file) => files.has(file));
  if (!manifests.some((file) => file.endsWith("go.mod"))) return [];
  const target =
    run.stage.scope.workdir(run.stage.instructions.indexOf(first.instruction)) === folder ? "./" : `${folder}/`;
  const line = `COPY ${manifests.join(" ")} ${target}`;
  return [
    {
      title: `Copy ${manifests.join(" and ")} into ${folder}`,
      edits: [newLine(first.instruction.span.start, line)],
    },
  ];
}

/** All sources of the folder are copied by name: so they can be named to the build, if they need no modules. */
function nameFiles(folder: string, args: GoArguments | undefined, run: RunCommand, view: StageView): Failure["fixes"] {
  const sources = view
    .copiedInto(folder, run)
    ?.filter(({ path }) => path.endsWith(".go") && !path.endsWith("_test.go"));
  const [only, ...others] = args?.packages ?? [];
  if (!args || !sources?.length || others.length > 0 || (only !== undefined && only !== "." && only !== "./"))
    return [];
  const known = sources.map(({ source }) => view.project.goSources.get(source));
  if (known.some((source) => source?.imports.some((path) => path !== "C" && !isStandardPackage(path)))) return [];
  const names = sources.map(({ path }) => posix.basename(path)).join(" ");
  // The Makefile that names them is not this file.
  if (run.via) return [];
  const last = run.args.at(-1);
  const at = last?.word.span.end ?? args.subcommandWord.span.end;
  const edit =
    only === undefined || !last
      ? { span: { start: at, end: at }, text: ` ${names}` }
      : { span: last.word.span, text: names };
  return [{ title: `Name the files to build: ${names}`, edits: [edit] }];
}
