import { findImage } from "../../catalog/catalog";
import { programsNotBrought } from "../../catalog/package-programs";
import { parseReference } from "../../catalog/reference";
import { lineage } from "../../model/image-config";
import type { Stage } from "../../model/model";
import type { Reading } from "../../syntax/instruction";
import { remembered, rememberedBeside } from "../../text/remembered";
import type { RunCommand } from "../../toolchains/toolchain";
import { CommandMemo } from "../commands/command-memo";
import { installOf, type PackageCommand } from "../commands/packages";
import { ANYTHING, type Change, ETC, placeOf, touches } from "./change";
import { namedPaths } from "./projects";

/** Where packages of a system stand. Debian and Alpine leave /usr/local, /srv, /home and /opt's like to others. */
const SYSTEM =
  "/bin /boot /lib /lib32 /lib64 /libx32 /run /sbin /usr/bin /usr/etc /usr/games /usr/include /usr/lib /usr/lib32 /usr/lib64 /usr/libexec /usr/libx32 /usr/sbin /usr/share /usr/local/lib /usr/local/share /srv/ftp /srv/tftp /srv/www /var".split(
    " ",
  );
/** Where packages from elsewhere may stand too. */
const FOREIGN = ["/opt", "/srv", "/usr/local"];

/** An edit that puts another mirror of the system into its list, or takes lines out of it. */
const OTHER_MIRROR =
  /\bsed -i (['"])(?:s\/[\w.-]+\.(?:debian\.org|ubuntu\.com)\/[\w.-]+\.(?:debian\.org|ubuntu\.com)\/g?|\/[\w.-]+\/d)\1 \/etc\/apt\/sources\.list(?=\s|$)/g;

/** The stage names a source of packages beside that of its system. */
const hasForeignPackages = rememberedBeside((stage: Stage) =>
  lineage(stage).some(({ instructions }) => instructions.some(({ reading }) => namesSource(reading))),
);

const namesSource = remembered(
  ({ keyword, body }: Reading) =>
    keyword !== "ENV" &&
    /sources\.list|add-apt-repository|apt-add-repository|Dir::Etc|apt-key|keyring|\.deb\b|\/apk\/(?:repositories|world)|--repository|-X\s/.test(
      body.replace(OTHER_MIRROR, ""),
    ),
);

/** Lists and caches alone. */
const ASKS = /^(?:update|clean|autoclean|cache|search|show|list|policy|info|makecache|check-update|repolist|index)$/;
const REMOVES = /^(?:remove|purge|autoremove|autopurge|del|erase|--purge)$/;
const INSTALLS = /^(?:install|add|upgrade|dist-upgrade|full-upgrade|reinstall|build-dep)$/;

/** apt, apk, dnf and their like. */
export function systemPackages(run: RunCommand): readonly Change[] {
  const { changes, keeps } = byWords.of(run);
  if (!keeps) return changes;
  if (hasForeignPackages(run.stage)) return INSTALLED_ANYWHERE;
  return run.program === "apk" && !isAlpineOfToday(run.stage) ? INSTALLED_BY_APK : changes;
}

/** What Alpine's packages bring was read of 3.16 and 3.17; long before these, and in releases nobody wrote down, they may bring more. */
const isAlpineOfToday = rememberedBeside((stage: Stage) => {
  const base = lineage(stage)[0]?.base;
  const reference = base?.kind === "image" ? parseReference(base.reference) : undefined;
  const release = reference && findImage(reference)?.distroRelease;
  const minor = /^(?:alpine)?3\.(\d+)$/.exec(release ?? "")?.[1];
  return minor !== undefined && Number(minor) >= OLDEST_ALPINE;
});

/** Of 2020. */
const OLDEST_ALPINE = 12;

/** A word that says what is done, and not the value of an option in front of it. */
function isVerb(word: string): boolean {
  return ASKS.test(word) || REMOVES.test(word) || INSTALLS.test(word);
}

/** What the words tell. What its system has it `keeps` to where its system stands, if the stage names no other source. */
const byWords = new CommandMemo((run): { readonly changes: readonly Change[]; readonly keeps: boolean } => {
  const { args, program } = run;
  const said = (changes: readonly Change[]) => ({ changes, keeps: false });
  const verb = args.find(({ value }) => value !== undefined && /^[a-z]/.test(value))?.value ?? "";
  const fetches = !isVerb(verb) && args.some(({ value }) => FETCHES.test(value ?? ""));
  if (fetches || args.some(({ value, word }) => ELSEWHERE.test(value ?? word.text)))
    return said(installedElsewhere(run));
  if (ASKS.test(verb)) return said(ASKED);
  // A plus sign behind a name installs it all the same (apt-get(8)).
  if (REMOVES.test(verb))
    return said(args.some(({ value = "+" }) => value.endsWith("+")) ? INSTALLED_ANYWHERE : REMOVED);
  const rpm = !/^(?:apt|apt-get|aptitude|apk)$/.test(program ?? "");
  if (rpm || namesFile(args)) return said(INSTALLED_ANYWHERE);
  return { changes: installed(run), keeps: true };
});

/** Whether a command may install what is not its system's: a file of somebody's own, or another source of packages, keeps to no rule. */
export function isFromElsewhere({ args, stage }: Pick<RunCommand, "args" | "stage">): boolean {
  return namesFile(args) || hasForeignPackages(stage);
}

function namesFile(args: RunCommand["args"]): boolean {
  return args.some(({ value, word }) => /\.(?:deb|rpm|apk)$|^\.?\//.test(value ?? word.text));
}

/** Another root to install into. */
const ELSEWHERE =
  /^(?:--(?:install-?)?root(?:=|$)|-[pR]$|--(?:downloaddir|destdir)|(?:-o=?|--option=)?(?:Root)?Dir(?:::|=))/;
/** Packages that are fetched alone, into the folder. */
const FETCHES = /^(?:download|fetch|source)$/;

function installedElsewhere(run: RunCommand): readonly Change[] {
  const named = namedPaths(run);
  return named ? [...INSTALLED_ANYWHERE, ...touches(run.folder ?? "/", ...named)] : ANYTHING;
}

// One list for all commands that do the same: files install and install again.
const ASKED: readonly Change[] = [
  { kind: "thins", path: "/var" },
  ...touches("/var/lib", "/var/cache", "/etc/apk", "/etc/apt"),
  { kind: "caches" },
];
const REMOVED: readonly Change[] = [
  ...SYSTEM.map((path): Change => ({ kind: "thins", path })),
  { kind: "thins", path: "/etc" },
  ETC,
  ...touches("/var"),
];
/** Projects have /usr/src/app by custom, and no package has it: those of sources bear their own names in /usr/src. */
const SOURCES: Change = { kind: "touches", path: "/usr/src", without: new Set(["app"]) };
const INSTALLED: readonly Change[] = [...touches(...SYSTEM), ETC, SOURCES, { kind: "caches" }];
/** Alpine's own tool makes no package that has something in /usr/local, /srv or /opt (abuild, checks of the package). */
const INSTALLED_BY_APK = INSTALLED.filter((each) => !("path" in each && /^\/(?:usr\/local|srv)\//.test(each.path)));
const PROGRAMS = new Set("/bin /sbin /usr/bin /usr/sbin".split(" "));
const installedWithout = new WeakMap<ReadonlySet<string>, readonly Change[]>();

/** Of packages that are known, the programs that they do not bring are not touched. */
function installed(run: RunCommand): readonly Change[] {
  const install = installOf(run);
  const manager = run.program === "apk" ? "apk" : "apt";
  const without = install?.complete ? programsNotBrought(manager, namesOf(install)) : undefined;
  const all = manager === "apk" ? INSTALLED_BY_APK : INSTALLED;
  if (!without) return all;
  const list = installedWithout.get(without) ?? all.map((each) => narrowed(each, without));
  installedWithout.set(without, list);
  return list;
}

function narrowed(change: Change, without: ReadonlySet<string>): Change {
  if (change.kind !== "touches") return change;
  if (PROGRAMS.has(change.path)) return { ...change, without };
  // Python of Debian alone makes a folder for its version there.
  return change.path === "/usr/local/lib" && without.has("python3") ? { ...change, spares: isOfPython } : change;
}

function isOfPython(path: string): boolean {
  return /^\/usr\/local\/lib\/python/.test(path);
}

/** What is installed; the name that `apk add --virtual` gives to it is no package. */
function namesOf({ packages, options }: PackageCommand): readonly string[] {
  const virtual = new Set(options.flatMap((option) => /^(?:-t|--virtual)[ =](.+)$/.exec(option)?.[1] ?? []));
  return packages.filter((name) => !virtual.has(name));
}

const INSTALLED_ANYWHERE: readonly Change[] = [...INSTALLED, ...touches("/etc", ...FOREIGN)];

/** Programs that keep what they set up in the folders of the system, and in those that their words name. */
export function systemFiles(run: RunCommand): readonly Change[] {
  const named = namedPaths(run) ?? ["/usr/local", "/opt"];
  return named.length > 0 ? [...SET_UP, ...touches(...named)] : SET_UP;
}

const SET_UP: readonly Change[] = [
  ETC,
  ...touches("/usr/lib", "/usr/share", "/usr/bin", "/usr/sbin", "/bin", "/sbin", "/lib", "/var", "/run"),
  { kind: "caches" },
];

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
  const homes = named.filter((path) => path !== "/" && !/^\/(?:usr\/)?s?bin\//.test(path));
  return [ETC, ...touches("/var/mail", "/var/spool", "/var/log", ...homes, ...(known ? login : ["/home"]))];
}

/** dpkg -i installs a file of somebody's own. */
export function dpkg(run: RunCommand): readonly Change[] {
  const installs = run.args.some(({ value }) => /^(?:-i|--install|--unpack|-x|--extract)$/.test(value ?? "-i"));
  return installs ? ANYTHING : systemFiles(run);
}

/** gpg keeps its keys in a home folder, and writes what `-o` names. */
export function gpg(run: RunCommand): readonly Change[] {
  const at = run.args.findIndex(({ value }) => /^(?:-[a-z]*o|--output)$/.test(value ?? ""));
  const next = run.args[at + 1];
  const place = at < 0 || !next ? undefined : placeOf(next.value, next.word.text, run.folder);
  if (at >= 0 && !place) return ANYTHING;
  const home = run.lookup("GNUPGHOME");
  return [
    ETC,
    ...touches("/usr/share", "/root", ...(place ? [place.path] : []), ...(home?.startsWith("/") ? [home] : [])),
    { kind: "caches" },
  ];
}
