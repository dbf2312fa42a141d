import { imageSettings, lineage } from "../model/image-config";
import type { Stage } from "../model/model";
import { posix } from "../model/paths";
import { flagOf } from "../syntax/instruction";
import type { RunCommand } from "../toolchains/toolchain";
import type { FileContext } from "./context";
import { isSource, NOT_READ, nameOfCopied } from "./files/copied-data";
import { type Copy, within } from "./files/copies";
import { type Step, stepsOf } from "./files/steps";
import { isSystemFolder } from "./files/system-paths";
import { changesSystem, isForBuilding, type Shipped, type Trail } from "./left-behind";
import { addChange, type Found, KEPT } from "./rest/changed";
import { holdsOnlySources, placesOf } from "./rest/copied";
import { pathsGiven, pathsRunnable } from "./rest/given";
import { certificatesOf, MAKES_USERS, systemChanged, zoneSaid } from "./rest/system";

/** What a stage holds beside its compiled programs, and parts of these that were not read may use. Paths are absolute. */
export interface ProgramRest {
  /** Files and folders that steps put there: they come along, to the same place. */
  readonly brought: readonly string[];
  /** Folders that steps make and leave empty: the program may write to them. */
  readonly folders: readonly string[];
  /** What steps give to a user that is not root, or to all. */
  readonly given: readonly string[];
  /** The time zone that a step links /etc/localtime to, where no TZ says one: "Europe/Berlin". */
  readonly zone: string | undefined;
  /** A step adds certificates to those of the system. */
  readonly certificates: boolean;
  /** The first command that makes users or groups. */
  readonly makesUsers: string | undefined;
}

/**
 * Accounts for every step of a stage but those that build and move the programs; a sentence about the first step that leaves
 * something behind which nobody knows. Of programs whose sources were all read only what concerns the system counts.
 */
export function programRest(context: FileContext, stage: Stage, shipped: Shipped, trail: Trail): ProgramRest | string {
  const rest = new Rest(context, stage, shipped, trail);
  for (const each of lineage(stage)) {
    for (const step of stepsOf(context, each)) {
      const stop = rest.add(each, step);
      if (stop) return stop;
    }
  }
  return rest;
}

/** Folders of programs and of libraries: what is put there may be started, or loaded. */
const OF_PROGRAMS = /\/(?:s?bin|lib\w*)$/;
/** What tells users and the time from the system's files. */
const OF_SYSTEM = /^\/etc\/(?:passwd|group|shadow|localtime|timezone|nsswitch\.conf)$/;

/** What `update-ca-certificates` takes in is in the bundle that it writes. */
const TAKEN_IN = /^\/usr\/(?:local\/)?share\/ca-certificates\//;

class Rest implements ProgramRest {
  readonly given: string[] = [];
  zone: string | undefined;
  certificates = false;
  makesUsers: string | undefined;
  private readonly files = new Set<string>();
  private readonly made = new Set<string>();
  /** Folders in which programs are built: their sources, and what builds leave, stay behind. */
  private readonly sources: readonly string[];
  private readonly covered: readonly string[];
  private readonly into: Found = {
    file: (path) => {
      if (!isSource(path)) this.files.add(path);
    },
    folder: (path) => this.made.add(path),
    touched: (path) => this.into.file(path),
    isCovered: (path) =>
      // What comes along may change on its way.
      [...this.covered, ...this.files].some((root) => within(root, path) !== undefined) ||
      this.trail.paths.includes(path),
  };

  constructor(
    private readonly context: FileContext,
    private readonly stage: Stage,
    private readonly shipped: Shipped,
    private readonly trail: Trail,
  ) {
    this.sources = shipped.builds.flatMap(({ run }) => run.folder ?? []);
    this.covered = [...KEPT, ...shipped.builds.flatMap(({ toolchain }) => toolchain.ownFolders)];
  }

  get brought(): readonly string[] {
    return [...this.files];
  }

  get folders(): readonly string[] {
    return [...this.made].filter((path) => path !== "/" && !isSystemFolder(path) && !this.holdsSources(path));
  }

  /** A sentence where the step leaves behind what nobody knows. */
  add(stage: Stage, step: Step): string | undefined {
    const { run, copy, instruction } = step;
    if (copy) return this.copy(stage, copy);
    if (!run)
      return !this.shipped.closed && instruction.keyword === "RUN" && step.changes.length > 0
        ? `A RUN in the build stage may make something that the program uses at run time${NOT_READ}`
        : undefined;
    if (MAKES_USERS.has(run.program ?? "")) {
      this.makesUsers ??= run.program;
      return undefined;
    }
    if (changesSystem(run)) return this.changesSystem(run);
    this.given.push(...pathsGiven(run));
    const started = this.shipped.closed ? undefined : pathsRunnable(run).find((path) => this.files.has(path));
    if (started) return `\`chmod\` makes a program of ${started}, and what it needs itself is not known.`;
    if (!this.shipped.closed && run.program === "git") this.clone(step);
    if (this.shipped.closed || this.trail.moves.has(run) || isForBuilding(this.shipped, run)) return undefined;
    const name = run.program ?? run.programWord.text;
    for (const change of step.changes) {
      if (!addChange(change, this.into))
        return `\`${name}\` in the build stage may make something that the program uses at run time${NOT_READ}`;
    }
    const strange = [...this.files].find((path) => this.isProgram(path));
    return strange === undefined
      ? undefined
      : `\`${name}\` makes ${strange}, a program or a library, and what it needs itself is not known.`;
  }

  /** A repository that no command goes into is there to be read. */
  private clone({ changes }: Step): void {
    const { commands } = this.context.view(this.stage);
    for (const change of changes) {
      if (change.kind !== "makes" || change.content.kind !== "download") continue;
      const { path } = change;
      const isEntered = commands.some(({ folder }) => folder !== undefined && within(path, folder) !== undefined);
      if (!isEntered && !this.holdsSources(path) && !this.into.isCovered(path)) this.files.add(path);
    }
  }

  private copy(stage: Stage, copy: Copy): string | undefined {
    const { instruction, target, sources } = copy;
    if (target !== undefined && OF_SYSTEM.test(target))
      return `${instruction.keyword} changes ${target}, which the final image has of its own.`;
    const ofSystem = target !== undefined && /^\/etc\/ssl(?:\/|$)/.test(target);
    if (this.shipped.closed && !ofSystem) return undefined;
    const what = nameOfCopied(copy);
    if (what === undefined) return undefined;
    const lost = `${instruction.keyword} brings ${what}, which the program may read at run time${NOT_READ}`;
    if (target === undefined || sources === undefined) return lost;
    if (instruction.heredocs.length > 0) {
      if (sources.length > 0 || instruction.heredocs.length > 1 || copy.intoFolder) return lost;
      return this.bring([target], copy, lost);
    }
    for (const source of sources) {
      if (copy.from === undefined && (isSource(source) || holdsOnlySources(this.context, source))) continue;
      if (copy.from === undefined && this.feedsBuild(source, target)) continue;
      if (copy.from !== undefined && this.bringsProgram(source, target)) return this.programBrought(copy, source);
      const places = placesOf(this.context, stage, copy, source, target);
      const stop = places ? this.bring(places, copy, lost) : lost;
      if (stop) return stop;
    }
    return undefined;
  }

  private bring(places: readonly string[], copy: Copy, lost: string): string | undefined {
    for (const path of places) {
      if (TAKEN_IN.test(path) || this.into.isCovered(path)) continue;
      if (this.isProgram(path)) return this.programBrought(copy, path);
      if (this.holdsSources(path)) return lost;
      this.files.add(path);
      const owner = flagOf(copy.instruction, "chown")?.value;
      if (owner !== undefined && !/^(?:root|0)(?::|$)/.test(owner)) this.given.push(path);
    }
    return undefined;
  }

  private programBrought({ instruction }: Copy, path: string): string {
    return `${instruction.keyword} brings ${path}, a program or a library, and what it needs itself is not known.`;
  }

  /** From another stage or image: what a build makes, or what stands among programs there. */
  private bringsProgram(source: string, target: string): boolean {
    const places = [target, posix.join(target, posix.basename(source))];
    const isBuilt = places.some((path) => {
      const found = this.context.presence(this.stage, path);
      return found.kind === "there" && found.made !== undefined;
    });
    return isBuilt || this.isProgram(posix.join("/", source));
  }

  private isProgram(path: string): boolean {
    return OF_PROGRAMS.test(posix.dirname(path)) || OF_PROGRAMS.test(path) || /\.so(?:\.\d+)*$/.test(path);
  }

  /** `COPY service/ .` where the build runs: a whole folder of sources, as `COPY . .` brings it. */
  private feedsBuild(source: string, target: string): boolean {
    const isFile = this.context.project.files?.has(posix.normalize(source)) ?? /\.\w+$/.test(source);
    return !isFile && this.holdsSources(target);
  }

  private holdsSources(path: string): boolean {
    return [...this.sources, ...this.trail.paths].some((each) => within(path, each) !== undefined);
  }

  /** Certificates come along as the bundle that programs read; a zone is said by TZ. */
  private changesSystem(run: RunCommand): string | undefined {
    const isStatic = !this.shipped.linked;
    if (run.program === "locale-gen" && isStatic) return undefined;
    const certificates = certificatesOf(run);
    if (certificates) {
      this.certificates ||= certificates === "bundle";
      return undefined;
    }
    const hasVariable = imageSettings(this.context.model, this.stage).has("ENV TZ");
    // It keeps the zone of the link that is there.
    const isKept = run.program === "dpkg-reconfigure" && run.values.includes("tzdata");
    if (isKept && (hasVariable || this.zone !== undefined)) return undefined;
    const said = zoneSaid(run, hasVariable);
    this.zone = said?.zone ?? this.zone;
    if (said) return undefined;
    return systemChanged(run);
  }
}
