import { imageSettings, lineage } from "../model/image-config";
import type { Stage } from "../model/model";
import { flagOf, type Instruction } from "../syntax/instruction";
import type { App } from "../toolchains/app";
import type { RunCommand } from "../toolchains/toolchain";
import { installOf, type PackageCommand, removes } from "./commands/packages";
import type { FileContext } from "./context";
import { type Copy, within } from "./files/copies";
import { type Step, stepsOf } from "./files/steps";
import { isSystemFolder } from "./files/system-paths";
import { changesSystem } from "./left-behind";
import { addChange, type Found, KEPT } from "./rest/changed";
import { placesOf } from "./rest/copied";
import { bringsGuarded, isGuarding } from "./rest/guarded";
import { changesSources, installsForeign, isPackageSource, mirrorOf } from "./rest/package-sources";
import { isStranger } from "./rest/strangers";
import { MAKES_USERS, systemChanged, zoneSaid } from "./rest/system";

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
  /** Some file may be read by its owner alone. */
  readonly guarded: boolean;
  /** The step that changes where packages of the system come from, for a sentence; undefined where none does. */
  readonly sources: string | undefined;
  /** Commands that have packages come from a mirror, as they are written. */
  readonly mirrors: readonly string[];
  /** What COPY brings from images that are not the stage's own and that may be programs: absolute paths. */
  readonly strangers: readonly string[];
  /** The time zone that a step links /etc/localtime to, where no TZ says one: "Europe/Berlin". */
  readonly zone: string | undefined;
}

/**
 * Accounts for every step of a stage: what the parts of the program do not cover comes along or is an OS package. A sentence
 * about the first step that leaves something behind which nobody knows. With `copiesStay` the stage keeps its COPY lines.
 */
export function appRest(context: FileContext, stage: Stage, app: App, copiesStay = false): AppRest | string {
  if (
    ["SSL_CERT_FILE", "SSL_CERT_DIR", "ZONEINFO"].some((name) => imageSettings(context.model, stage).has(`ENV ${name}`))
  )
    return "An ENV names certificates or time zones of its own, which would be left behind.";
  const rest = new Rest(context, app, copiesStay);
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
  readonly mirrors: string[] = [];
  readonly strangers: string[] = [];
  owned = false;
  guarded = false;
  sources: string | undefined;
  zone: string | undefined;
  /** Some COPY brings files of the program. */
  isFed = false;
  private readonly files = new Set<string>();
  private readonly made = new Set<string>();
  private readonly roots: readonly string[];
  private readonly into: Found = {
    file: (path) => this.files.add(path),
    folder: (path) => this.made.add(path),
    isCovered: (path) => this.isCovered(path),
  };

  constructor(
    private readonly context: FileContext,
    private readonly app: App,
    private readonly copiesStay: boolean,
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
    this.guarded ||= run !== undefined && isGuarding(run);
    if (run && installsForeign(run))
      return `\`${run.program} ${run.values[0] ?? ""}\` brings packages that the final stage could not install by their names.`;
    const mirror = run && mirrorOf(run, this.context.text);
    if (mirror !== undefined) {
      this.mirrors.push(mirror);
      return undefined;
    }
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
      const by = run ? (run.program ?? run.programWord.text) : instruction.keyword;
      if (changesSources(change)) {
        this.sources ??= by;
        continue;
      }
      if (!addChange(change, this.into))
        return `\`${by}\` in the build stage may make something that the program uses at run time, and what that is cannot be told.`;
    }
    return undefined;
  }

  private copy(stage: Stage, copy: Copy): string | undefined {
    const { instruction, target, sources } = copy;
    const owner = flagOf(instruction, "chown")?.value;
    this.owned ||= owner !== undefined && !/^(?:root|0)(?::|$)/.test(owner);
    if (this.app.accounted.has(instruction)) return undefined;
    this.guarded ||= bringsGuarded(instruction, sources ?? []);
    if (target === undefined || sources === undefined)
      return `Where \`${shown(instruction)}\` puts its files is not known.`;
    this.isFed ||= this.isCovered(target) || this.app.folders.some((folder) => within(target, folder) !== undefined);
    if (this.isCovered(target)) return undefined;
    const places = sources.map((source) => placesOf(this.context, stage, copy, source, target));
    if (!this.copiesStay && places.some((paths) => paths === undefined))
      return `\`${shown(instruction)}\` puts files among those of the system, and which they are is not known.`;
    for (const path of places.flatMap((paths = []) => paths)) {
      if (this.isCovered(path)) continue;
      if (isPackageSource(path)) this.sources ??= shown(instruction);
      else this.files.add(path);
      if (isStranger(this.context, stage, copy, path)) this.strangers.push(path);
    }
    return undefined;
  }

  /** Certificates come along as the files that a program reads; a zone is said by TZ. */
  private changesSystem(stage: Stage, run: RunCommand): string | undefined {
    if (run.program === "update-ca-certificates" && this.app.readsCertificateFiles) {
      this.files.add("/etc/ssl/certs");
      return undefined;
    }
    const hasVariable = imageSettings(this.context.model, stage).has("ENV TZ");
    const said = zoneSaid(run, hasVariable);
    this.zone = said?.zone ?? this.zone;
    if (said) return undefined;
    return systemChanged(run);
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
