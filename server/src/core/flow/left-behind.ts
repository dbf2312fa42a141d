import { interpreterOf, packageKind } from "../catalog/packages";
import { imageSettings } from "../model/image-config";
import type { Stage } from "../model/model";
import { posix } from "../model/paths";
import type { Build, RunCommand } from "../toolchains/toolchain";
import { installedPackages } from "./commands/packages";
import { isToLinkWith } from "./commands/system-needs";
import type { FileContext } from "./context";
import { isSource, NOT_READ } from "./files/copied-data";
import { journeyOf, movesOnly } from "./files/moves";

/** Commands that leave nothing behind which a finished program would use. */
export const HARMLESS_COMMANDS: ReadonlySet<string> = new Set([
  "apt",
  "apt-get",
  "apk",
  "dnf",
  "yum",
  "microdnf",
  "cd",
  "set",
  "export",
  "echo",
  "printf",
  "true",
  ":",
  "ls",
  "pwd",
  "cat",
  "test",
  "[",
  "rm",
  "git",
  "go",
  "gofmt",
  "wget",
  "curl",
  "tar",
  "unzip",
  "strip",
  "upx",
  "chmod",
  "env",
  "which",
  "file",
  "sha256sum",
  "date",
  "uname",
  "exit",
]);
/** What builds of any kind install beside compilers, by the names of apt, apk and dnf. */
const BUILD_PACKAGES = new Set(
  (
    "git curl wget unzip xz-utils tar file gnupg lsb-release software-properties-common apt-transport-https upx mercurial bzr " +
    "subversion bash build-base libc6-dev libc-dev musl-dev"
  ).split(" "),
);
/** They are part of distroless static. */
const DATA_PACKAGES = new Set(["ca-certificates", "tzdata", "netbase"]);

/** A package that only builds use: libraries do not come with it, nor an interpreter that a program may start. */
function isBuildPackage(name: string): boolean {
  if (BUILD_PACKAGES.has(name)) return true;
  return packageKind(name) === "build" && !/-dev\b/.test(name) && interpreterOf(name) === undefined;
}

/** A package of data alone, which distroless static has too. */
export function isDataPackage(name: string): boolean {
  return DATA_PACKAGES.has(name);
}

/** What may be done to a finished program in its place. */
const ON_PROGRAM = new Set(["strip", "upx", "ls", "file", "stat", "du", "test", "[", "sha256sum"]);

/** The programs that ship, and what their sources say. */
export interface Shipped {
  readonly builds: readonly Build[];
  /** All sources were read: the programs use nothing of their image but what these name. */
  readonly closed: boolean;
  /** They are linked with a C library, which reads more of the system than they do: locales, for one. */
  readonly linked: boolean;
  /** The packages of the stage that the final one is known to have, or to do without: those of tools, of libraries to link with, or all. */
  readonly accounts: "tools" | "libraries" | "all";
}

/** The ways of the programs through their stage. */
export interface Trail {
  /** All paths at which they have stood. */
  readonly paths: readonly string[];
  /** Commands that moved them, and nothing else. */
  readonly moves: ReadonlySet<RunCommand>;
  /** Commands that moved them, and maybe something else with them. */
  readonly mixed: ReadonlySet<RunCommand>;
}

/** Follows the programs of builds through their stage. */
export function trailOf(context: FileContext, stage: Stage, builds: readonly Build[]): Trail {
  const view = context.view(stage);
  const journeys = builds.flatMap((build) =>
    "known" in build.artifacts ? build.artifacts.known.map((artifact) => journeyOf(build, artifact, view)) : [],
  );
  const paths = journeys.flatMap(({ trail }) => trail);
  const all = journeys.flatMap(({ moves }) => moves);
  const moves = new Set(all.filter((run) => movesOnly(run, view, paths)));
  return { paths, moves, mixed: new Set(all.filter((run) => !moves.has(run))) };
}

/** What is done to the programs, or installed beside them, and a final stage might not keep: a sentence about the first such thing. */
export function leftBehind(context: FileContext, stage: Stage, shipped: Shipped, trail: Trail): string | undefined {
  const { builds, closed, accounts } = shipped;
  const { commands } = context.view(stage);
  const first = Math.min(...builds.map(({ run }) => commands.indexOf(run)));
  const touched = commands
    .slice(first + 1)
    .find((run) => !trail.moves.has(run) && !trail.mixed.has(run) && trail.paths.some((path) => changes(run, path)));
  if (touched)
    return `\`${touched.program ?? "A command"}\` changes the program after it was built, which the final stage might not keep.`;
  if (
    ["SSL_CERT_FILE", "SSL_CERT_DIR", "ZONEINFO"].some((name) => imageSettings(context.model, stage).has(`ENV ${name}`))
  ) {
    return "An ENV names certificates or time zones of its own, which would be left behind.";
  }
  const [build] = builds;
  return closed || !build || accounts === "all" ? undefined : unknownPackage(commands, build, accounts);
}

function changes(run: RunCommand, artifact: string): boolean {
  // `useradd app` names a user, not a file.
  if (SYSTEM_COMMANDS.has(run.program ?? "")) return false;
  // A program that all may run needs no owner.
  if (run.program === "chown" || run.program === "chgrp") return false;
  // Other modes are for the user of the old image.
  if (run.program === "chmod" && staysRunnable(run.args[0]?.value)) return false;
  if (run.program !== undefined && (ON_PROGRAM.has(run.program) || run.program === "go")) return false;
  return run.args.some(
    ({ value }) => value !== undefined && !value.startsWith("-") && posix.join(run.folder ?? "/", value) === artifact,
  );
}

/** A mode of `chmod` that leaves a program as a build makes it (755) to be run by all. */
export function staysRunnable(mode = ""): boolean {
  return /^(?:[augo]*\+r?x|0?[57][57][57])$/.test(mode);
}

/** Commands whose effect a program sees without reading a file by itself. */
const SYSTEM_COMMANDS = new Set([
  "useradd",
  "adduser",
  "usermod",
  "groupadd",
  "addgroup",
  "update-ca-certificates",
  "umask",
  "dpkg-reconfigure",
  "locale-gen",
]);

export function changesSystem({ program, args, command }: RunCommand): boolean {
  if (SYSTEM_COMMANDS.has(program ?? "")) return true;
  return [...args.map(({ word }) => word.text), command.output?.text ?? ""].some((text) =>
    /\/etc\/(?:localtime|timezone|passwd|group|hosts|ssl\b)|\/ca-certificates\//.test(text),
  );
}

/** A command that leaves nothing behind but what builds use, or tools keep for themselves. */
export function isForBuilding({ builds }: Shipped, run: RunCommand): boolean {
  const name = run.program ?? run.programWord.text;
  const file = run.command.output;
  if (file) return isSource(file.text);
  if (DOWNLOADS.has(name)) return fetchesToolchain(run);
  if (HARMLESS_COMMANDS.has(name)) return true;
  return builds.some(({ toolchain }) => toolchain.buildCommands.has(name)) || touchesSources(run);
}

/** `touch src/main.rs`. */
function touchesSources({ program, values }: RunCommand): boolean {
  return program === "touch" && values.every((value) => value !== undefined && isSource(value));
}

/** They bring files of any kind. */
const DOWNLOADS = new Set(["wget", "curl", "tar", "unzip"]);

/** A Go distribution: `go1.26.0.linux-amd64.tar.gz`, also by a variable for its version or platform. */
function fetchesToolchain({ args }: RunCommand): boolean {
  return args.some(({ word }) => /\bgo[\d${]|\bgo\.t(?:ar|gz)|\/go(?:\/|$)/.test(word.text));
}

function unknownPackage(
  commands: readonly RunCommand[],
  build: Build,
  accounts: Shipped["accounts"],
): string | undefined {
  for (const run of commands) {
    const other = installedPackages(run).find(
      (name) =>
        !(isBuildPackage(name) || DATA_PACKAGES.has(name) || isToolchainPackage(build, name)) &&
        !(accounts === "libraries" && isToLinkWith(name)),
    );
    if (other)
      return `${other} is installed beside the compiler; the program may use it at run time${NOT_READ} A slim final stage could keep it.`;
  }
  return undefined;
}

function isToolchainPackage(build: Build, name: string): boolean {
  return build.toolchain.buildPackages.has(
    name.replace(/-\d[\d.]*(?=-|$)/, "").replace(/^golang-(?:go|src|doc)$/, "golang"),
  );
}
