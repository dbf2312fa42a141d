import { imageSettings, lineage } from "../model/image-config";
import type { Stage } from "../model/model";
import { posix } from "../model/paths";
import { flagOf, type Instruction } from "../syntax/instruction";
import type { App } from "../toolchains/app";
import type { RunCommand } from "../toolchains/toolchain";
import type { Change } from "./changes/change";
import { installOf, type PackageCommand, removes } from "./commands/packages";
import type { FileContext } from "./context";
import { type Copy, within } from "./files/copies";
import { type Step, stepsOf } from "./files/steps";
import { isSystemFolder, isSystemRoot } from "./files/system-paths";
import { changesSystem } from "./left-behind";

/** What a stage holds beside the parts of its program. */
export interface AppRest {
  /** Files and folders that steps put elsewhere: they come along, to the same place. Absolute. */
  readonly brought: readonly string[];
  /** Folders that steps make elsewhere and leave empty. */
  readonly folders: readonly string[];
  readonly installs: readonly PackageCommand[];
  /** The RUN instructions that make users and groups, and do nothing else but make and give away folders. */
  readonly users: readonly Instruction[];
  /** Some step gives files to a user that is not root. */
  readonly owned: boolean;
  /** The time zone that a step links /etc/localtime to, where no TZ says one: "Europe/Berlin". */
  readonly zone: string | undefined;
}

/**
 * Accounts for every step of a stage: what the parts of the program do not cover comes along or is an OS package. A sentence
 * about the first step that leaves something behind which nobody knows.
 */
export function appRest(context: FileContext, stage: Stage, app: App): AppRest | string {
  if (
    ["SSL_CERT_FILE", "SSL_CERT_DIR", "ZONEINFO"].some((name) => imageSettings(context.model, stage).has(`ENV ${name}`))
  )
    return "An ENV names certificates or time zones of its own, which would be left behind.";
  const rest = new Rest(context, app);
  for (const each of lineage(stage)) {
    for (const step of stepsOf(context, each)) {
      const stop = rest.add(each, step);
      if (stop) return stop;
    }
  }
  if (app.folders.length > 0 && !rest.isFed)
    return `No COPY is seen to bring the program into ${app.folders.join(", ")}.`;
  return rest;
}

/** What packages and tools of the system keep for themselves. */
const KEPT = [
  "/tmp",
  "/var/tmp",
  "/var/cache",
  "/var/lib/apt",
  "/var/lib/dpkg",
  "/var/log",
  "/root/.cache",
  "/root/.npm",
];
const MAKES_USERS = new Set(["useradd", "adduser", "usermod", "groupadd", "addgroup", "passwd", "chpasswd"]);
const BESIDE_USERS = new Set([
  "mkdir",
  "chown",
  "chmod",
  "chgrp",
  "install",
  "true",
  ":",
  "set",
  "echo",
  "getent",
  "id",
]);
/** So many files are copied one by one. */
const FEW = 8;
const GIVES = new Set(["chown", "chgrp", "install"]);

class Rest implements AppRest {
  readonly installs: PackageCommand[] = [];
  readonly users: Instruction[] = [];
  owned = false;
  zone: string | undefined;
  /** Some COPY brings files of the program. */
  isFed = false;
  private readonly files = new Set<string>();
  private readonly made = new Set<string>();
  private readonly roots: readonly string[];

  constructor(
    private readonly context: FileContext,
    private readonly app: App,
  ) {
    this.roots = [...app.folders, ...app.covered, ...KEPT];
  }

  get brought(): readonly string[] {
    return [...this.files];
  }

  get folders(): readonly string[] {
    return [...this.made].filter((path) => !this.files.has(path) && !isSystemFolder(path) && path !== "/");
  }

  /** A sentence where the step leaves behind what nobody knows. */
  add(stage: Stage, { run, copy, instruction, changes }: Step): string | undefined {
    if (copy) return this.copy(stage, copy);
    if (run && this.app.accounted.has(run)) return undefined;
    if (run && GIVES.has(run.program ?? "")) this.owned ||= givesAway(run);
    if (run && MAKES_USERS.has(run.program ?? "")) return this.makesUser(run);
    if (run && changesSystem(run)) return this.changesSystem(stage, run);
    const install = run && installOf(run);
    if (install) {
      if (!install.complete) return `Which packages \`${run.program}\` installs is not known.`;
      this.installs.push(install);
      return undefined;
    }
    if (run && (MANAGERS.has(run.program ?? "") || removes(run))) return undefined;
    for (const change of changes) {
      const stop = this.change(change, run ? (run.program ?? run.programWord.text) : instruction.keyword);
      if (stop) return stop;
    }
    return undefined;
  }

  private copy(stage: Stage, copy: Copy): string | undefined {
    const { instruction, target, sources } = copy;
    const owner = flagOf(instruction, "chown")?.value;
    this.owned ||= owner !== undefined && !/^(?:root|0)(?::|$)/.test(owner);
    if (this.app.accounted.has(instruction)) return undefined;
    if (target === undefined || sources === undefined)
      return `Where \`${shown(instruction)}\` puts its files is not known.`;
    this.isFed ||= this.isCovered(target) || this.app.folders.some((folder) => within(target, folder) !== undefined);
    if (this.isCovered(target)) return undefined;
    const places = sources.map((source) => this.placesOf(stage, copy, source, target));
    if (places.some((paths) => paths === undefined))
      return `\`${shown(instruction)}\` puts files among those of the system, and which they are is not known.`;
    for (const path of places.flatMap((paths = []) => paths)) if (!this.isCovered(path)) this.files.add(path);
    return undefined;
  }

  /**
   * Where a source of a COPY comes to stand: a file in a folder, the whole target, or the files of a folder among those of the
   * system; undefined where it cannot be told.
   */
  private placesOf(stage: Stage, copy: Copy, source: string, target: string): readonly string[] | undefined {
    if (/[*?[\]]/.test(source)) return undefined;
    const clean = posix.normalize(source.replace(/^\/+/, "")).replace(/\/$/, "");
    const isFile = copy.from === undefined ? this.context.project.files?.has(clean) : /\.\w+$/.test(clean);
    const isSystems = target === "/" || isSystemRoot(target);
    const before = () => this.context.presenceBefore(stage, copy.at, target).kind;
    if (!isFile) {
      if (!isSystems && !isSystemFolder(target)) return [target];
      const files = copy.from === undefined ? this.filesOf(clean, target) : undefined;
      return files && !isSystems && before() === "absent" ? [target] : files;
    }
    const into = copy.intoFolder || isSystems ? "there" : before();
    // A file of that ending was meant to have that name.
    const isNamed = endingOf(target) !== undefined && endingOf(clean) === endingOf(target);
    if (into === "unknown" && !isNamed) return undefined;
    return [into === "there" ? posix.join(target, posix.basename(clean)) : target];
  }

  /** The files of a folder of the context, where they are few, in the folder that they are copied to. */
  private filesOf(folder: string, target: string): readonly string[] | undefined {
    const { files } = this.context.project;
    if (!files || folder === "" || folder === ".") return undefined;
    const own = [...files.keys()].filter((path) => path.startsWith(`${folder}/`));
    return own.length > 0 && own.length <= FEW
      ? own.map((path) => posix.join(target, path.slice(folder.length + 1)))
      : undefined;
  }

  /** Certificates come along as the files that a program reads; a zone is said by TZ. */
  private changesSystem(stage: Stage, run: RunCommand): string | undefined {
    if (run.program === "update-ca-certificates" && this.app.readsCertificateFiles) {
      this.files.add("/etc/ssl/certs");
      return undefined;
    }
    const zone = zoneSet(run);
    const hasVariable = imageSettings(this.context.model, stage).has("ENV TZ");
    if (zone !== undefined && (zone.name !== undefined || hasVariable)) {
      if (!hasVariable && zone.counts) this.zone = zone.name;
      return undefined;
    }
    return `\`${run.program ?? ""}\` changes what the image's system says of users, certificates or time, which the final image would not know.`;
  }

  private makesUser(run: RunCommand): string | undefined {
    const { commands } = this.context.view(run.stage);
    const alone = commands.every(
      (each) =>
        each.instruction !== run.instruction ||
        MAKES_USERS.has(each.program ?? "") ||
        BESIDE_USERS.has(each.program ?? ""),
    );
    // What stands in a home is its user's, and no one else may enter it.
    this.owned ||= this.app.folders.some((folder) => within("/home", folder) !== undefined);
    if (alone && !this.users.includes(run.instruction)) this.users.push(run.instruction);
    return undefined;
  }

  private change(change: Change, by: string): string | undefined {
    const lost = `\`${by}\` in the build stage may make something that the program uses at run time, and what that is cannot be told.`;
    switch (change.kind) {
      case "caches":
      case "removes":
      case "thins":
        return undefined;
      case "makes":
        if (this.isCovered(change.path)) return undefined;
        if (change.what === "folder") this.made.add(change.path);
        else this.files.add(change.path);
        return undefined;
      case "touches":
        return this.isCovered(change.path) ? undefined : lost;
      case "copies":
        if (this.isCovered(change.to)) return undefined;
        if (change.into !== false || isSystemFolder(change.to)) return lost;
        this.files.add(change.to);
        return undefined;
      case "links":
        return this.isCovered(change.at) ? undefined : lost;
      case "ruled": {
        for (const each of change.otherwise) {
          const stop = this.change(each, by);
          if (stop) return stop;
        }
        return undefined;
      }
      default:
        return lost;
    }
  }

  private isCovered(path: string): boolean {
    return this.roots.some((root) => within(root, path) !== undefined);
  }
}

/** `ln -sf /usr/share/zoneinfo/ZONE /etc/localtime`, and what says the same to people: `echo ZONE > /etc/timezone`. */
function zoneSet({
  program,
  values,
  command,
}: RunCommand): { readonly name: string | undefined; readonly counts: boolean } | undefined {
  const words = values.filter((value) => !value?.startsWith("-"));
  if (program === "echo" && command.output?.text === "/etc/timezone") return { name: words[0], counts: false };
  if ((program !== "ln" && program !== "cp") || words[1] !== "/etc/localtime" || command.output) return undefined;
  const zone = /^\/usr\/share\/zoneinfo\/([\w+/-]+)$/.exec(words[0] ?? "")?.[1];
  return words.length === 2 ? { name: zone, counts: true } : undefined;
}

const MANAGERS = new Set(["apt", "apt-get", "aptitude", "apk", "dnf", "yum", "microdnf", "dpkg"]);

function givesAway({ program, values }: RunCommand): boolean {
  if (program === "install") return values.some((value) => /^(?:-o|-g|--owner|--group)/.test(value ?? ""));
  const owner = values.find((value) => !value?.startsWith("-"));
  return owner === undefined || !/^(?:root|0)?(?::(?:root|0))?$/.test(owner);
}

function shown({ line }: Instruction): string {
  return line.text.replace(/\s+/g, " ").trim().slice(0, 80);
}

function endingOf(path: string): string | undefined {
  return /\.\w+$/.exec(path)?.[0];
}
