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
const GIVES = new Set(["chown", "chgrp", "install"]);

class Rest implements AppRest {
  readonly installs: PackageCommand[] = [];
  readonly users: Instruction[] = [];
  owned = false;
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
    if (run && changesSystem(run))
      return `\`${run.program ?? ""}\` changes what the image's system says of users, certificates or time, which the final image would not know.`;
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
    const paths = sources.map((source) => this.placeOf(stage, copy, source, target));
    if (paths.some((path) => path === undefined))
      return `\`${shown(instruction)}\` puts files among those of the system, and which they are is not known.`;
    for (const path of paths) if (path !== undefined && !this.isCovered(path)) this.files.add(path);
    return undefined;
  }

  /** Where a source of a COPY comes to stand: a file in a folder, or the whole target; undefined where it cannot be told. */
  private placeOf(stage: Stage, { at, intoFolder, from }: Copy, source: string, target: string): string | undefined {
    if (/[*?[\]]/.test(source)) return undefined;
    const clean = posix.normalize(source.replace(/^\/+/, "")).replace(/\/$/, "");
    const isFile = from === undefined ? this.context.project.files?.has(clean) : /\.\w+$/.test(clean);
    const isSystems = target === "/" || isSystemRoot(target);
    if (!isFile) return isSystems || isSystemFolder(target) ? undefined : target;
    const into = intoFolder || isSystems ? "there" : this.context.presenceBefore(stage, at, target).kind;
    // A file of that ending was meant to have that name.
    const isNamed = endingOf(target) !== undefined && endingOf(clean) === endingOf(target);
    if (into === "unknown" && !isNamed) return undefined;
    return into === "there" ? posix.join(target, posix.basename(clean)) : target;
  }

  private makesUser(run: RunCommand): string | undefined {
    const { commands } = this.context.view(run.stage);
    const alone = commands.every(
      (each) =>
        each.instruction !== run.instruction ||
        MAKES_USERS.has(each.program ?? "") ||
        BESIDE_USERS.has(each.program ?? ""),
    );
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
