import { installOn } from "../../catalog/image-packages";
import type { Size } from "../../catalog/size";
import { lineage } from "../../model/image-config";
import type { Stage } from "../../model/model";
import { posix } from "../../model/paths";
import { once } from "../../text/once";
import type { RunCommand } from "../../toolchains/toolchain";
import { isFromElsewhere } from "../changes/installs";
import { CommandMemo } from "../commands/command-memo";
import { commandsByRun } from "../commands/commands";
import { installOf, type PackageCommand, removalOf, virtualName } from "../commands/packages";
import type { FileContext } from "../context";
import { programsStarted } from "../running/programs-started";
import { startsShell } from "../running/start";
import { leavesRecommendsOut } from "./apt-recommends";
import { packagesHidden } from "./package-layers";

/** Packages that only builds use, by the names of apt, apk and dnf; a version behind the name is no part of it. */
const BUILD_TOOLS = new Set(
  (
    "build-essential build-base alpine-sdk base-devel gcc g++ gcc-c++ gcc-multilib g++-multilib gfortran gcc-gfortran clang llvm lld cpp make cmake ninja " +
    "ninja-build meson autoconf automake autotools libtool libtool-bin bison flex m4 nasm yasm pkg-config pkgconf pkgconfig " +
    "binutils patch patchelf dpkg-dev debhelper devscripts rpm-build fakeroot checkinstall ccache gettext-dev swig " +
    "golang golang-go golang-src golang-any gccgo go cargo rustc rust default-jdk default-jdk-headless openjdk-jdk maven gradle ant sbt " +
    "linux-headers kernel-devel kernel-headers node-gyp git git-core git-lfs mercurial subversion bzr scons premake4 bazel musl-tools crossbuild-essential"
  ).split(" "),
);
/** Headers and archives to link with: libpq-dev, openssl-devel, openjdk-17-jdk-headless. */
const FOR_BUILDING =
  /^(?!.*-dev-?tools)(?:.+-dev|.+-devel|(?:java-)?[\w.-]*openjdk[\w.-]*-(?:jdk|devel)(?:-headless)?|openjdk\d+(?:-jdk)?)$/;

/** No package has a longer name. */
const LONGEST = 200;

/** An install of build tools whose packages are there in the image. */
export interface ToolsShipped {
  readonly install: PackageCommand;
  readonly tools: readonly string[];
  /** What the install brings, where it is known. */
  readonly size: Size | undefined;
}

/** The installs of build tools in the image that ships, in order. None in an image that gives a person a shell: a toolbox. */
export function toolsShipped(context: FileContext, stage: Stage): readonly ToolsShipped[] {
  if (isToolbox(context, stage)) return [];
  const later = hiddenLater(context);
  const used = once(() => usedByProgram(context, stage));
  const found: ToolsShipped[] = [];
  for (const each of lineage(stage))
    for (const run of commandsByRun(context.syntax, each))
      run.forEach((command, at) => {
        const install = toolsBrought.of(command).length > 0 ? installOf(command) : undefined;
        const all = install ? kept(install, removedBy(run.slice(at + 1), later.get(command))) : [];
        const tools = all.filter((name) => !used().includes(name));
        if (install && tools.length > 0) found.push({ install, tools, size: sizeOf(context, stage, install) });
      });
  return found;
}

/** What the program that the stage starts is known to call: git is no build tool of one that clones. */
function usedByProgram(context: FileContext, stage: Stage): readonly string[] {
  const app = context.app(stage);
  return typeof app === "object" ? (app.app.uses ?? []) : programsStarted(context, stage);
}

const toolsBrought = new CommandMemo((run) => installOf(run)?.packages.filter(isBuildTool) ?? []);

/** The build tools of an install that are still there when some packages are removed. */
function kept(install: PackageCommand, removed: ReadonlySet<string> | "all"): readonly string[] {
  // To remove a set by its name is to remove all that was added with it.
  if (removed === "all" || removed.has(virtualName(install) ?? "")) return [];
  return toolsBrought.of(install.run).filter((name) => !removed.has(name));
}

/** It starts a shell, by the file's own word or by its base's; without either nobody knows what it is for. */
function isToolbox(context: FileContext, stage: Stage): boolean {
  const start = context.start(stage);
  if (start) return startsShell(start);
  const { entrypoint = [], cmd = [] } = context.image(stage) ?? {};
  const program = posix.basename([...entrypoint, ...cmd][0] ?? "");
  return program === "" || /^(?:ba|a|da)?sh$/.test(program);
}

function isBuildTool(name: string): boolean {
  if (name.length > LONGEST) return false;
  const plain = name.replace(/(?<=[^+])[+-]$/, "").replace(/:(?:any|native|\w+\d*)$/, "");
  // gcc-12, golang-1.22-go, llvm-18.
  return (
    BUILD_TOOLS.has(plain) ||
    BUILD_TOOLS.has(plain.replace(/(?<![\d.])-?\d[\d.]*(?=-|$)/, "")) ||
    FOR_BUILDING.test(plain)
  );
}

/** The packages that a later layer hides, by what installs them: that they ship is said where they are removed. */
function hiddenLater(context: FileContext): ReadonlyMap<RunCommand, readonly string[]> {
  return new Map(packagesHidden(context).flatMap(({ installs, packages }) => installs.map((run) => [run, packages])));
}

/** What later commands of a RUN remove, and later layers; all, where they do so by a mark, a variable or a transaction. */
function removedBy(later: readonly RunCommand[], hidden: readonly string[] = []): ReadonlySet<string> | "all" {
  const names = new Set<string>(hidden);
  for (const run of later) {
    const removal = removalOf(run);
    const marks =
      run.program === "apt-mark" || (["dnf", "yum"].includes(run.program ?? "") && run.values[0] === "history");
    if (marks || (removal && !removal.complete)) return "all";
    for (const name of removal?.packages ?? []) names.add(name);
  }
  return names;
}

function sizeOf(context: FileContext, stage: Stage, install: PackageCommand): Size | undefined {
  const image = context.image(stage);
  if (!image || install.manager !== "apt" || !install.complete || isFromElsewhere(install.run)) return undefined;
  const size = installOn(image, install.packages, !leavesRecommendsOut(install));
  // What may be there already, or hardly differs, is no reason to do anything.
  return size?.low ? size : undefined;
}
