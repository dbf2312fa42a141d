import { isOfOtherPython, pythonOf } from "../../catalog/python";
import { parseReference } from "../../catalog/reference";
import { lineage } from "../../model/image-config";
import type { Stage } from "../../model/model";
import { posix } from "../../model/paths";
import { rememberedBeside } from "../../text/remembered";
import { writesCargoConfig } from "../../toolchains/rust/link";
import type { RunCommand } from "../../toolchains/toolchain";
import { isSystemFolder } from "../files/system-paths";
import { ANYTHING, type Change, NOTHING, operandsOf, placeOf, type Ruler, touches } from "./change";
import { folderVariables } from "./folder-variables";
import { CARGO_CACHES, cargo } from "./ruled/cargo";
import { installsAll, npmInstall, npmScript, scriptRun } from "./ruled/npm";
import { pipInstall, pipNames } from "./ruled/pip";

/**
 * The folder of the project that a command works in: scripts of one of its packages write to those beside it. That of
 * /app/client is /app, that of /usr/src/app/x is /usr/src/app.
 */
function projectFolder(folder: string): string {
  let root = folder;
  for (let above = posix.dirname(root); above !== "/" && !isSystemFolder(above); above = posix.dirname(above))
    root = above;
  return root;
}

/** Where the tools of languages install what all may use. */
const GLOBAL = "/usr/local /usr/bin /usr/lib /usr/share /var/lib /opt".split(" ");

/** A tool that builds or installs in its project, and keeps caches; the paths that its words and variables name are its own too. */
export function projectTool(run: RunCommand, ...also: readonly string[]): readonly Change[] {
  const { folder } = run;
  const named = namedPaths(run);
  if (folder === undefined || !named) return ANYTHING;
  const own = folder === "/" ? AT_ROOT : touches(projectFolder(folder));
  return [...own, ...touches(...named, ...also, ...folderVariables(run)), { kind: "caches" }];
}

const OUTSIDE: Change = { kind: "outside" };

/** A project that stands in / has folders of its own there, some by the names of the system's: bin, lib, etc. None has usr or opt. */
const AT_ROOT: readonly Change[] = [
  OUTSIDE,
  ...touches("/bin", "/etc", "/home", "/lib", "/media", "/root", "/run", "/srv", "/tmp", "/var"),
];

/** A tool that writes where the project's own files say, which may be any folder but the system's: outDir "../dist". */
export function projectScript(run: RunCommand): readonly Change[] {
  return [OUTSIDE, ...projectTool(run)];
}

/** A tool that installs for all. */
export function globalTool(run: RunCommand): readonly Change[] {
  return projectTool(run, ...GLOBAL);
}

/** Variables that by their names hold no path: ${TARGETARCH}, $BUILD_CONFIGURATION, $VERSION. */
const NO_PATH =
  /\$\{?(?:\w*_?)(?:ARCH|ARCHITECTURE|PLATFORM|OS|VERSION|VARIANT|CONFIGURATION|CONFIG_NAME|MODE|PROFILE|NODE_ENV|APP_ENV|MIX_ENV|RAILS_ENV|TAG|TAGS|RID|REVISION|COMMIT|SHA|DATE|JOBS|TOKEN|KEY|URL|REGISTRY|PROXY|FEATURES|PACKAGE|PACKAGES|DEPS)\b/i;

/** Absolute paths in the words of a command, behind `=` and `:` too; undefined where a variable may be one. */
export function namedPaths({ args, folder, command }: RunCommand): readonly string[] | undefined {
  const paths: string[] = [];
  const words = [
    ...args.map(({ value, word }) => value ?? word.text),
    ...command.assignments.map(({ value }) => value?.text ?? "$"),
  ];
  for (const word of words) {
    if (/(?:^|[=:])["']?\$/.test(word)) {
      if (!NO_PATH.test(word)) return undefined;
      continue;
    }
    if (/:\/\//.test(word)) continue;
    for (const part of word.split(/[=:,]/)) {
      if (!/^(?:\/|\.\.\/)/.test(part)) continue;
      const path = placeOf(part, part, folder)?.path ?? "/";
      if (path === "/") return undefined;
      paths.push(path);
    }
  }
  return paths;
}

/** One that installs for all, or where the project's own files say: local-bin-path of stack.yaml. */
export function globalScript(run: RunCommand): readonly Change[] {
  return [OUTSIDE, ...globalTool(run)];
}

function ruled(run: RunCommand, ruler: Ruler, otherwise: readonly Change[]): Change {
  return { kind: "ruled", run, ruler, otherwise };
}

/** rustup fetches toolchains; with `run` it runs anything. */
export function rustup(run: RunCommand): readonly Change[] {
  const verb = run.args.find(({ value }) => /^[a-z]/.test(value ?? ""))?.value ?? "";
  const named = namedPaths(run);
  if (!/^(?:component|default|install|override|set|show|target|toolchain|update)$/.test(verb) || !named)
    return ANYTHING;
  return [...touches("/usr/local/rustup", "/usr/local/cargo", ...named, ...folderVariables(run)), { kind: "caches" }];
}

/** A tool whose files may name any folder, but where they are known. */
export function ruledScript(ruler: Ruler): (run: RunCommand) => readonly Change[] {
  return (run) => [ruled(run, ruler, projectScript(run))];
}

/** cargo installs for all, makes a project with `init`, and builds by its manifest. */
export function cargoTool(run: RunCommand): readonly Change[] {
  const { args, folder } = run;
  if (buildsAlone(run)) return [ruled(run, cargo, projectTool(run, ...CARGO_CACHES)), ...outsideOf(run)];
  const caches = touches("/usr/local/cargo", ...folderVariables(run));
  if (args.length === 1 && args[0]?.value === "init" && folder !== undefined)
    return [
      ...touches(...["Cargo.toml", "src", ".git", ".gitignore"].map((name) => posix.join(folder, name))),
      ...caches,
    ];
  return [ruled(run, cargo, globalTool(run)), ...outsideOf(run)];
}

/** A build by the project's manifest, which installs nothing. */
function buildsAlone({ args }: RunCommand): boolean {
  return /^(?:build|b|check|c|fetch|clean|vendor|test|t)$/.test(args[0]?.value ?? "");
}

function outsideOf({ stage }: RunCommand): readonly Change[] {
  return writesCargoConfig(stage) ? [OUTSIDE] : [];
}

/** A virtual environment in the project: `uv sync` installs nowhere else but where a variable says. */
function syncs({ program, args }: RunCommand): boolean {
  return (
    program === "uv" &&
    /^(?:sync|lock)$/.test(args[0]?.value ?? "") &&
    args.every(({ value = "-" }) => UV_PLAIN.test(value))
  );
}

const UV_PLAIN =
  /^(?:sync|lock|--(?:frozen|locked|no-dev|no-cache|no-install-project|no-editable|compile-bytecode|all-extras|quiet))$/;

/** Settings of pip may name another folder to install to (pip.pypa.io, Configuration). */
const hasPipSettings = rememberedBeside((stage: Stage) =>
  lineage(stage).some(({ instructions }) => instructions.some(({ body }) => /pip\.conf|PIP_CONFIG_FILE/.test(body))),
);

/** pip: the libraries of the interpreter, or of a virtual environment that PATH or an earlier step has made. */
export function pip(run: RunCommand): readonly Change[] {
  if (syncs(run)) return projectTool(run, "/root");
  const verb = operandsOf(run.args).operands.find(({ value }) => /^[a-z]+$/.test(value ?? ""))?.value;
  if (verb !== undefined && /^(?:list|show|check|freeze|cache|config|debug|search)$/.test(verb))
    return [...touches(...(namedPaths(run) ?? [])), { kind: "caches" }];
  if (hasPipSettings(run.stage)) return [OUTSIDE, ...projectTool(run, "/usr/local", ...siteOf(run))];
  // poetry and pipenv install what their files say, into an environment of the project or their own.
  const isPip = run.program?.startsWith("pip") === true && run.program !== "pipenv";
  if (!isPip || !pipInstall(run)) return projectTool(run, "/usr/local", ...siteOf(run));
  // Packages by their names leave the project as it is.
  return [ruled(run, pipNames, projectTool(run)), ...pipPackages(run)];
}

/** A program that calls pip with packages by their names: opentelemetry-bootstrap. */
export function pipPackages(run: RunCommand): readonly Change[] {
  return [installedPackages(run), ...touches(...siteOf(run), ...folderVariables(run)), { kind: "caches" }];
}

/** In /usr/local all but the libraries of another version than that of the image's interpreter. */
function installedPackages({ stage }: RunCommand): Change {
  const { base } = lineage(stage)[0] ?? stage;
  const reference = base.kind === "image" ? parseReference(base.reference) : undefined;
  const version = reference && pythonOf(reference);
  const local: Change = { kind: "touches", path: "/usr/local" };
  return version === undefined ? local : { ...local, spares: (path) => isOfOtherPython(version, path) };
}

/** Where packages of Python come to stand: with the interpreter, in the environment of the program, of PATH or of a variable. */
function siteOf({ programWord, folder, lookup }: RunCommand): readonly string[] {
  const word = programWord.text;
  const own = word.includes("/") ? [posix.dirname(posix.dirname(posix.join(folder ?? "/", word)))] : [];
  const path = (lookup("PATH") ?? "").split(":").flatMap((each) => (each.startsWith("/") ? [posix.dirname(each)] : []));
  const environment = lookup("VIRTUAL_ENV") || undefined;
  const folders = [...own, ...path, ...(environment ? [environment] : [])];
  const environments = folders.filter((each) => each.startsWith("/") && each !== "/" && each !== "/usr");
  return ["/usr/bin", "/usr/lib", "/usr/share", "/usr/etc", ...environments];
}

/** npm, yarn, pnpm and bun: the project, and with -g the folders of all. */
export function nodePackages(run: RunCommand): readonly Change[] {
  const words = run.args.map(({ value }) => value ?? "");
  const verb = words.find((word) => /^[a-z]/.test(word)) ?? "";
  if (words.some((word) => /^(?:-v|--version|-h|--help)$/.test(word))) return NOTHING;
  const global = words.some((word) =>
    /^(?:-g|--global|global|--location=global|set|config|link|enable|prepare)$/.test(word),
  );
  if (verb === "cache" || (verb === "config" && !global))
    return [{ kind: "caches" }, { kind: "thins", path: "/usr/local" }];
  if (global) return globalTool(run);
  if (installsAll(run)) return [ruled(run, npmInstall, projectTool(run))];
  if (scriptRun(run) !== undefined) return [ruled(run, npmScript, projectScript(run))];
  return INSTALLS.test(verb) ? projectTool(run) : projectScript(run);
}

/** They run scripts of packages alone, which stay among these; any other word may be a script of the project. */
const INSTALLS = /^(?:|i|ci|install|add|remove|prune|rebuild|fetch|import|dedupe|audit|ls|list|version|view|why)$/;

/** Gems stand where the image keeps them, or in the project. */
export function rubyPackages(run: RunCommand): readonly Change[] {
  const homes = ["GEM_HOME", "BUNDLE_PATH", "BUNDLE_APP_CONFIG"].flatMap((name) => run.lookup(name) || []);
  return projectTool(run, ...GEMS, ...homes.filter((path) => path.startsWith("/")));
}

const GEMS = "/usr/local/bundle /usr/local/lib /usr/local/bin /usr/bin /usr/lib /var/lib/gems".split(" ");
