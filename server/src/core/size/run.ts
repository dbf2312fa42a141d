import { exactly, nothingKnown } from "../catalog/amounts";
import { goBuildCacheSize } from "../catalog/go-sizes";
import { addSizes, type Size } from "../catalog/size";
import { installOf } from "../flow/commands/packages";
import type { FileContext } from "../flow/context";
import { within } from "../flow/files/copies";
import { HARMLESS_COMMANDS } from "../flow/left-behind";
import { posix } from "../model/paths";
import { mountsOf } from "../syntax/mounts";
import type { Build, RunCommand } from "../toolchains/toolchain";
import type { Installs } from "./installs";
import { builtSize, goVersion, importsOf } from "./program";

/** What the commands of a RUN add to the image. */
export function runSize(
  context: FileContext,
  commands: readonly RunCommand[],
  builds: ReadonlyMap<RunCommand, Build>,
  installs: Installs,
): Size {
  if (commands.length === 0) return nothingKnown();
  const listsKept = !commands.some(removesLists);
  return addSizes(
    commands.map((run) => {
      const build = builds.get(run);
      return build ? buildSize(context, build) : commandSize(context, run, listsKept, installs);
    }),
  );
}

function removesLists({ program, args }: RunCommand): boolean {
  return program === "rm" && args.some(({ value }) => value?.startsWith("/var/lib/apt/lists"));
}

/** A program, and what its build leaves in the caches of modules and of builds. */
function buildSize(context: FileContext, build: Build): Size {
  const { run } = build;
  // Intermediate files of other compilers weigh more than their programs, and nobody knows how much.
  if (!build.toolchain.leavesProgramsAlone) return addSizes([nothingKnown(), builtSize(context, build)]);
  const imports = importsOf(context, build);
  const fetches = imports?.some(isFetched) && !context.view(run.stage).commands.some(isDownload);
  const modules = fetches && !isMounted(run, moduleCache(run)) ? nothingKnown() : exactly(0);
  const cache = isMounted(run, buildCache(run))
    ? exactly(0)
    : (goBuildCacheSize(goVersion(context.image(run.stage)), imports) ?? nothingKnown());
  return addSizes([modules, cache, builtSize(context, build)]);
}

/** A package of another module; vendored ones were read like the program's own. */
function isFetched(path: string): boolean {
  return path.split("/", 1)[0]?.includes(".") ?? false;
}

function isDownload({ program, args }: RunCommand): boolean {
  return program === "go" && args[0]?.value === "mod" && args[1]?.value === "download";
}

/** Modules are fetched whole: what they weigh is known only where go.mod asks for none. */
function downloadSize(context: FileContext, run: RunCommand): Size {
  if (isMounted(run, moduleCache(run))) return exactly(0);
  const origin = run.folder === undefined ? undefined : context.view(run.stage).origin(`${run.folder}/go.mod`, run);
  if (origin?.kind !== "context") return nothingKnown();
  const module = context.project.goModules.get(posix.dirname(`/${origin.path}`).slice(1));
  return module?.requires.length === 0 ? exactly(0) : nothingKnown();
}

/** The folder of the build cache (`go help cache`). A cache that is a mount is no part of the image. */
function buildCache({ lookup }: RunCommand): string {
  const home = lookup("HOME") || "/root";
  return lookup("GOCACHE") || posix.join(lookup("XDG_CACHE_HOME") || posix.join(home, ".cache"), "go-build");
}

/** The folder of the modules (go.dev/ref/mod#module-cache); the golang images set GOPATH=/go. */
function moduleCache({ lookup }: RunCommand): string {
  return lookup("GOMODCACHE") || posix.join(lookup("GOPATH") || "/go", "pkg/mod");
}

function isMounted({ instruction }: RunCommand, path: string): boolean {
  return mountsOf(instruction).some(
    ({ target }) => target !== undefined && within(posix.join("/", target), path) !== undefined,
  );
}

function commandSize(context: FileContext, run: RunCommand, listsKept: boolean, installs: Installs): Size {
  const install = installOf(run);
  if (install && (install.packages.length > 0 || !install.complete)) return installs.sizeOf(install, listsKept);
  if (isDownload(run)) return downloadSize(context, run);
  const adds = run.program === undefined || !(HARMLESS_COMMANDS.has(run.program) || run.program === "mkdir");
  return adds ? nothingKnown() : exactly(0);
}
