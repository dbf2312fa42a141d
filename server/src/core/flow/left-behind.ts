import { interpreterOf, packageKind } from "../catalog/packages";
import { imageSettings } from "../model/image-config";
import type { Stage } from "../model/model";
import { posix } from "../model/paths";
import type { Build, RunCommand } from "../toolchains/toolchain";
import { installedPackages } from "./commands/packages";
import { isToLinkWith } from "./commands/system-needs";
import type { FileContext } from "./context";
import { copiedFile, isSource, NOT_READ } from "./files/copied-data";
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
  /** The sources of its own packages were read. */
  readonly seen: boolean;
  /** All sources were read: the programs use nothing of their image but what these name. */
  readonly closed: boolean;
  /** The packages of the stage that the final one is known to have, or to do without: those of tools, of libraries to link with, or all. */
  readonly accounts: "tools" | "libraries" | "all";
}

/** What the stage holds besides its programs and they may use: a sentence about the first such thing. */
export function leftBehind(context: FileContext, stage: Stage, shipped: Shipped): string | undefined {
  const { builds, seen, closed, accounts } = shipped;
  const view = context.view(stage);
  const journeys = builds.flatMap((build) =>
    "known" in build.artifacts ? build.artifacts.known.map((artifact) => journeyOf(build, artifact, view)) : [],
  );
  const moves = new Set(journeys.flatMap((journey) => journey.moves));
  const trail = journeys.flatMap((journey) => journey.trail);
  const { commands } = view;
  const first = Math.min(...builds.map(({ run }) => commands.indexOf(run)));
  const touched = commands.slice(first + 1).find((run) => !moves.has(run) && trail.some((path) => changes(run, path)));
  if (touched)
    return `\`${touched.program ?? "A command"}\` changes the program after it was built, which the final stage might not keep.`;
  const system = commands.find(changesSystem);
  if (system)
    return `\`${system.program ?? ""}\` changes what the image's system says of users, certificates or time, which the final image would not know.`;
  if (
    ["SSL_CERT_FILE", "SSL_CERT_DIR", "ZONEINFO"].some((name) => imageSettings(context.model, stage).has(`ENV ${name}`))
  ) {
    return "An ENV names certificates or time zones of its own, which would be left behind.";
  }
  if (closed) return undefined;
  const [build] = builds;
  const others = commands.filter((run) => !moves.has(run) || !movesOnly(run, view, trail));
  const rest =
    build &&
    (unknownCommand(others, build, seen) ??
      (accounts === "all" ? undefined : unknownPackage(commands, build, accounts)));
  return rest ?? (seen ? undefined : copiedFile(context, stage));
}

function changes(run: RunCommand, artifact: string): boolean {
  // `useradd app` names a user, not a file.
  if (SYSTEM_COMMANDS.has(run.program ?? "")) return false;
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

function unknownCommand(commands: readonly RunCommand[], build: Build, seen: boolean): string | undefined {
  for (const run of commands) {
    // An empty folder is nothing that a program reads; one that it writes to is named by its sources.
    if (seen && run.program === "mkdir") continue;
    const name = run.program ?? run.programWord.text;
    const file = run.command.output;
    if (file && isSource(file.text)) continue;
    if (file) return `\`${name}\` writes ${file.text}, which the program may read at run time${NOT_READ}`;
    if (DOWNLOADS.has(name) && !fetchesToolchain(run))
      return `\`${name}\` brings files that the program may read at run time${NOT_READ}`;
    if (!HARMLESS_COMMANDS.has(name) && !build.toolchain.buildCommands.has(name) && !touchesSources(run)) {
      return `\`${name}\` in the build stage may make something that the program uses at run time${NOT_READ}`;
    }
  }
  return undefined;
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
