import { lineage } from "../../model/image-config";
import type { Stage } from "../../model/model";
import { posix } from "../../model/paths";
import type { RunCommand } from "../../toolchains/toolchain";
import { isSystemFolder } from "../system-paths";
import { ANYTHING, type Change, NOTHING, operandsOf, placeOf, touches } from "./change";

/** Where packages of a system stand. Debian and Alpine leave /usr/local, /srv, /home and /opt's like to others. */
const SYSTEM =
  "/bin /boot /etc /lib /lib32 /lib64 /libx32 /run /sbin /usr/bin /usr/etc /usr/games /usr/include /usr/lib /usr/lib32 /usr/lib64 /usr/libexec /usr/libx32 /usr/sbin /usr/share /usr/src /var".split(
    " ",
  );
/** Where packages from elsewhere may stand too. */
const FOREIGN = ["/opt", "/srv", "/usr/local"];

const foreign = new WeakMap<Stage, boolean>();

/** The stage names a source of packages beside that of its system. */
function hasForeignPackages(stage: Stage): boolean {
  const known = foreign.get(stage);
  if (known !== undefined) return known;
  const found = lineage(stage).some(({ instructions }) =>
    instructions.some(
      ({ keyword, body }) =>
        keyword !== "ENV" &&
        /sources\.list|add-apt-repository|apt-key|keyring|\.deb\b|\/apk\/repositories|--repository|-X\s/.test(body),
    ),
  );
  foreign.set(stage, found);
  return found;
}

/** Lists and caches alone. */
const ASKS = /^(?:update|clean|autoclean|cache|search|show|list|policy|info|makecache|check-update|repolist|index)$/;
const REMOVES = /^(?:remove|purge|autoremove|autopurge|del|erase|--purge)$/;

/** apt, apk, dnf and their like. */
export function systemPackages({ args, program, stage }: RunCommand): readonly Change[] {
  const verb = args.find(({ value }) => value !== undefined && /^[a-z]/.test(value))?.value ?? "";
  if (ASKS.test(verb))
    return [
      { kind: "thins", path: "/var" },
      ...touches("/var/lib", "/var/cache", "/etc/apk", "/etc/apt"),
      { kind: "caches" },
    ];
  if (REMOVES.test(verb))
    return [...SYSTEM.map((path): Change => ({ kind: "thins", path })), ...touches("/etc", "/var")];
  // A file of somebody's own, or a repository of RPMs, keeps to no rule.
  const own = args.some(({ value, word }) => /\.(?:deb|rpm|apk)$|^\.?\//.test(value ?? word.text));
  const rpm = !/^(?:apt|apt-get|aptitude|apk)$/.test(program ?? "");
  const foreign = own || rpm || hasForeignPackages(stage);
  return [...touches(...SYSTEM, ...(foreign ? FOREIGN : [])), { kind: "caches" }];
}

/** Programs that keep what they set up in the folders of the system. */
export function systemFiles(): readonly Change[] {
  return [
    ...touches("/etc", "/usr/lib", "/usr/share", "/usr/bin", "/usr/sbin", "/bin", "/sbin", "/lib", "/var", "/run"),
    { kind: "caches" },
  ];
}

/** useradd and its like: the files of users, and a home folder. */
export function users({ args, folder }: RunCommand): readonly Change[] {
  const named = args.flatMap((arg) => {
    const text = arg.value ?? arg.word.text;
    const path = text.startsWith("-") ? (/^--?[a-z-]+=(\/.*)$/.exec(text)?.[1] ?? "") : text;
    return path.startsWith("/") ? (placeOf(path, path, folder)?.path ?? []) : [];
  });
  const login = args
    .map(({ value, word }) => value ?? word.text)
    .filter((text) => !text.startsWith("-"))
    .map((name) => `/home/${name}`);
  const known = args.every(({ value, word }) => value !== undefined || !/^["']?\$/.test(word.text));
  return touches(
    "/etc",
    "/var/mail",
    "/var/spool",
    "/var/log",
    ...named.filter((path) => path !== "/" && !/^\/(?:usr\/)?s?bin\//.test(path)),
    ...(known ? login : ["/home"]),
  );
}

/**
 * The folder of the project that a command works in: scripts of one of its packages write to those beside it. That of
 * /app/client is /app, that of /usr/src/app/x is /usr/src/app.
 */
export function projectFolder(folder: string): string {
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
  return [...touches(projectFolder(folder), ...named, ...also, ...folderVariables(run)), { kind: "caches" }];
}

/** Variables by which tools are told where to write. */
const FOLDER_VARIABLES = (
  "CARGO_TARGET_DIR CARGO_HOME RUSTUP_HOME GRADLE_USER_HOME NPM_CONFIG_PREFIX npm_config_prefix PNPM_HOME BUN_INSTALL UV_PROJECT_ENVIRONMENT " +
  "POETRY_HOME PIPX_HOME PIPX_BIN_DIR PYTHONUSERBASE MIX_HOME HEX_HOME MIX_BUILD_PATH COMPOSER_HOME STACK_ROOT CABAL_DIR OUT_DIR OUTPUT_DIR BUILD_DIR " +
  "BUILD_PATH DIST_DIR DESTDIR PREFIX NODE_PATH DOTNET_ROOT NUGET_PACKAGES PUB_CACHE HOME"
).split(" ");

function folderVariables({ lookup }: RunCommand): readonly string[] {
  return FOLDER_VARIABLES.flatMap((name) => {
    const value = lookup(name);
    return value?.startsWith("/") && value !== "/" && value !== "/root" ? [posix.normalize(value)] : [];
  });
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

/** pip: the libraries of the interpreter, or of a virtual environment that PATH or an earlier step has made. */
export function pip(run: RunCommand): readonly Change[] {
  const verb = operandsOf(run.args).operands.find(({ value }) => /^[a-z]+$/.test(value ?? ""))?.value;
  if (verb !== undefined && /^(?:list|show|check|freeze|cache|config|debug|search)$/.test(verb))
    return [{ kind: "caches" }];
  const own = run.programWord.text.includes("/") ? [posix.dirname(posix.dirname(run.programWord.text))] : [];
  const path = (run.lookup("PATH") ?? "")
    .split(":")
    .flatMap((each) => (each.startsWith("/") ? [posix.dirname(each)] : []));
  const environment = run.lookup("VIRTUAL_ENV") || undefined;
  const folders = [...own, ...path, ...(environment ? [environment] : [])].filter(
    (each) => each.startsWith("/") && each !== "/" && each !== "/usr",
  );
  return projectTool(run, "/usr/local", "/usr/bin", "/usr/lib", "/usr/share", "/usr/etc", ...folders);
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
  return global ? globalTool(run) : projectTool(run);
}
