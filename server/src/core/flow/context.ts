import { type BaseImage, findImage } from "../catalog/catalog";
import { isUsual } from "../catalog/contents";
import { type ImageReference, parseReference } from "../catalog/reference";
import { folderOfFamily } from "../catalog/table";
import { lineage } from "../model/image-config";
import { type BaseConfig, buildModel, type Model, type Stage } from "../model/model";
import type { Project } from "../project/project";
import type { Syntax } from "../syntax/instruction";
import { scan } from "../syntax/scan";
import { toolchains } from "../toolchains/registry";
import type { Build, Failure, RunCommand, StageView } from "../toolchains/toolchain";
import { ownCommands, viewStage } from "./commands/stage-view";
import { type BaseFiles, baseFiles } from "./files/base-files";
import { type SearchPath, searchPath } from "./files/path-folders";
import { Files, type Presence } from "./files/presence";
import { programPresence } from "./running/programs";
import { type ShippedApp, shippedApp } from "./running/shipped-app";
import { baseEntrypoint, type Start, startOf } from "./running/start";
import { type Target, targetsOf } from "./running/targets";

/** Nothing is known of the folder: a text alone, or one that is not trusted. */
export const NO_PROJECT: Project = {
  files: undefined,
  goModules: new Map(),
  goSources: new Map(),
  makefiles: new Map(),
  targets: [],
};

/**
 * A Dockerfile with all that rules and recipes may ask of it. Parts are computed when first asked for. It shares with the
 * version `before` the readings of what both have.
 */
export class FileContext {
  readonly syntax: Syntax;
  readonly model: Model;
  private readonly images = new Map<Stage, BaseImage | undefined>();
  private readonly views = new Map<Stage, StageView>();
  private readonly own = new Map<Stage, readonly RunCommand[]>();
  private readonly made = new Map<Stage, readonly Build[]>();
  private readonly bases = new Map<Stage, BaseFiles>();
  private readonly paths = new Map<Stage, SearchPath>();
  private readonly starts = new Map<Stage, Start | undefined>();
  private readonly failures = new Map<Build, { readonly failure: Failure | undefined }>();
  private readonly apps = new Map<Stage, ShippedApp | string | undefined>();
  private files: Files | undefined;
  private knownTargets: readonly Target[] | undefined;
  private knownShipped: readonly Stage[] | undefined;
  private layersShipped: ReadonlySet<Stage> | undefined;

  constructor(
    readonly text: string,
    readonly project: Project = NO_PROJECT,
    before?: FileContext,
  ) {
    this.syntax = scan(text, before?.syntax);
    this.model = buildModel(this.syntax, configOf);
  }

  /** The stages that ship, in document order. What runs is asked of each of them. */
  get targets(): readonly Target[] {
    this.knownTargets ??= targetsOf(this);
    return this.knownTargets;
  }

  /** Those of them that surely ship, the last stage first: what is said of size and surface is said of these. */
  get shipped(): readonly Stage[] {
    this.knownShipped ??= this.targets.flatMap(({ stage, certain }) => (certain ? [stage] : [])).reverse();
    return this.knownShipped;
  }

  /** The layers of a stage reach an image that surely ships. */
  ships(stage: Stage): boolean {
    this.layersShipped ??= new Set(this.shipped.flatMap((each) => lineage(each)));
    return this.layersShipped.has(stage);
  }

  /** The name of the image at the bottom of a stage; undefined where there is none, or a variable hides it. */
  reference(stage: Stage): ImageReference | undefined {
    const base = lineage(stage)[0]?.base;
    return base?.kind === "image" ? parseReference(base.reference) : undefined;
  }

  /** What the catalog knows of the image at the bottom of a stage. */
  image(stage: Stage): BaseImage | undefined {
    if (!this.images.has(stage)) {
      const reference = this.reference(stage);
      this.images.set(stage, reference && findImage(reference));
    }
    return this.images.get(stage);
  }

  /** What the image at the bottom of a stage holds. */
  base(stage: Stage): BaseFiles {
    const [bottom = stage] = lineage(stage);
    const base = this.bases.get(bottom) ?? baseFiles(bottom);
    this.bases.set(bottom, base);
    return base;
  }

  /** PATH at the end of a stage. */
  searchPath(stage: Stage): SearchPath {
    const path = this.paths.get(stage) ?? searchPath(this.model, stage, this.base(stage).pathFolders);
    this.paths.set(stage, path);
    return path;
  }

  /** What the stage and those it stands on run. */
  view(stage: Stage): StageView {
    const known = this.views.get(stage);
    if (known) return known;
    const commands = lineage(stage).flatMap((each) => this.ownCommands(each));
    const view = viewStage(this.model, stage, this.project, this.image(stage), commands);
    this.views.set(stage, view);
    return view;
  }

  /** The commands of a stage alone, in the order in which they run. */
  ownCommands(stage: Stage): readonly RunCommand[] {
    const commands = this.own.get(stage) ?? ownCommands(this.model, stage, this.project);
    this.own.set(stage, commands);
    return commands;
  }

  /** The builds that run in a stage or in one that it stands on: what they leave behind ships with it. */
  builds(stage: Stage): readonly Build[] {
    const builds = this.made.get(stage) ?? toolchains.flatMap((toolchain) => toolchain.builds(this.view(stage)));
    this.made.set(stage, builds);
    return builds;
  }

  /** The program of a stage that a runtime of its language starts; a sentence where it cannot be moved to another image. */
  app(stage: Stage): ShippedApp | string | undefined {
    if (!this.apps.has(stage)) this.apps.set(stage, shippedApp(this, stage));
    return this.apps.get(stage);
  }

  /** Why a build of a stage fails for certain. */
  failure(build: Build): Failure | undefined {
    const known = this.failures.get(build);
    if (known) return known.failure;
    const failure = build.toolchain.failure(build, this.view(build.run.stage));
    this.failures.set(build, { failure });
    return failure;
  }

  /** Whether an absolute path is there at the end of a stage. */
  presence(stage: Stage, path: string): Presence {
    this.files ??= new Files(this);
    return this.files.presence(stage, path);
  }

  /** Whether an absolute path is there when an instruction of a stage begins. */
  presenceBefore(stage: Stage, at: number, path: string): Presence {
    this.files ??= new Files(this);
    return this.files.presenceBefore(stage, at, path);
  }

  /** An absolute path is surely not there at the end of a stage. */
  isAbsent(stage: Stage, path: string): boolean {
    this.files ??= new Files(this);
    return this.files.isAbsent(stage, path);
  }

  /** Whether a step makes an absolute path of a stage, whatever its base image holds. */
  madeBySteps(stage: Stage, path: string): Presence {
    this.files ??= new Files(this);
    return this.files.madeBySteps(stage, path);
  }

  /** The place of the first COPY or ADD of a stage that may bring an absolute path. */
  copiedAt(stage: Stage, path: string): number | undefined {
    this.files ??= new Files(this);
    return this.files.copiedAt(stage, path);
  }

  /** Whether a stage has a program at its end: at an absolute path, or by its name on PATH. */
  program(stage: Stage, word: string): Presence {
    return programPresence(this, stage, word);
  }

  start(stage: Stage): Start | undefined {
    if (!this.starts.has(stage))
      this.starts.set(stage, startOf(this.syntax, stage, baseEntrypoint(stage, this.image(stage))));
    return this.starts.get(stage);
  }
}

function catalogImage(reference: string): BaseImage | undefined {
  const parsed = parseReference(reference);
  return parsed && findImage(parsed);
}

/** Of an image that only its name is known of: the folder that all of them start in. */
function configOfName(reference: string): BaseConfig | undefined {
  const parsed = parseReference(reference);
  const workdir = parsed && isUsual(parsed) ? folderOfFamily(parsed.familiar) : undefined;
  return workdir === undefined ? undefined : { workdir, user: undefined };
}

/** No Dockerfile of their histories sets a WORKDIR (docker-library/openjdk, corretto/corretto-docker). */
const AT_ROOT = new Set(["openjdk", "amazoncorretto"]);

function configOf(reference: string): BaseConfig | undefined {
  const image = catalogImage(reference);
  const { familiar = "" } = parseReference(reference) ?? {};
  // Distroless sets a user and a folder in its nonroot tags; that of languages may be another, but for Java's (java/BUILD).
  const rootTag = image?.role === "distroless" && !reference.includes("nonroot");
  // None of the systems in the catalog names a folder, and without one it is the root (OCI image spec, config).
  const bare = image?.ecosystem === undefined || (image.ecosystem === "java" && !familiar.endsWith("/jetty"));
  const atRoot = image?.role === "os" || AT_ROOT.has(familiar) || (rootTag && bare);
  const folder = atRoot && !reference.includes("onbuild") ? "/" : undefined;
  if (!image) return folder === undefined ? configOfName(reference) : { workdir: folder, user: undefined };
  return { workdir: image.workdir ?? folder, user: image.user ?? (rootTag ? "" : undefined) };
}
