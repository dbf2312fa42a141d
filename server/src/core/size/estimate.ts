import { type BaseImage, findImage, unpackedSize } from "../catalog/catalog";
import { goBuildCacheSize, goInstallSize, goPackageVersion, goProgramSize } from "../catalog/go-sizes";
import { parseReference } from "../catalog/reference";
import { addSizes, type Size } from "../catalog/size";
import type { FileContext } from "../flow/context";
import { type Copy, copiesOf } from "../flow/copies";
import { HARMLESS_COMMANDS } from "../flow/left-behind";
import { installedPackages } from "../flow/packages";
import type { ShippedProgram } from "../flow/shipped-program";
import { lineage } from "../model/image-config";
import type { Stage } from "../model/model";
import { matchesPattern, posix } from "../model/paths";
import { stageNamed } from "../model/reach";
import type { Instruction } from "../syntax/instruction";
import type { Build, BuildPlan, RunCommand } from "../toolchains/toolchain";

/** What an instruction adds to the image. */
export interface LayerEstimate {
  readonly instruction: Instruction;
  readonly size: Size;
}

const PLATFORM = "linux/amd64";

/** The size of the image that a stage makes, from the catalog and the folder: always an estimate. */
export function estimateImage(context: FileContext, stage: Stage): Size {
  return addSizes(estimateLayers(context, stage).map(({ size }) => size));
}

/** The instructions that add to the image of a stage, those of the stages below included, with what each adds. */
export function estimateLayers(context: FileContext, stage: Stage): readonly LayerEstimate[] {
  const parts = partsOf(context, stage);
  return lineage(stage).flatMap((each) => {
    const from = each.base.kind === "stage" ? [] : [{ instruction: each.from, size: baseSize(context, each) }];
    const own = each.instructions.flatMap((instruction) => {
      const size = layerSize(context, stage, instruction, parts);
      return size ? [{ instruction, size }] : [];
    });
    return [...from, ...own];
  });
}

/** What the stages of an image do, by the instruction that does it. */
interface Parts {
  readonly commands: ReadonlyMap<Instruction, readonly RunCommand[]>;
  readonly copies: ReadonlyMap<Instruction, Copy>;
  readonly builds: ReadonlyMap<RunCommand, Build>;
}

function partsOf(context: FileContext, stage: Stage): Parts {
  const commands = new Map<Instruction, RunCommand[]>();
  for (const run of context.view(stage).commands) {
    const known = commands.get(run.instruction);
    if (known) known.push(run);
    else commands.set(run.instruction, [run]);
  }
  const copies = lineage(stage).flatMap((each) => copiesOf(each, context.syntax.escape));
  return {
    commands,
    copies: new Map(copies.map((copy) => [copy.instruction, copy])),
    builds: new Map(context.builds(stage).map((build) => [build.run, build])),
  };
}

/** What a new final stage holds. */
export interface FinalContent {
  readonly image: string;
  /** Files and folders that it takes from the build stage. */
  readonly copies: readonly string[];
}

/** The size of the final image of a rewrite: its base, its programs and the files that come along. */
export function estimateFinal(
  context: FileContext,
  { stage, others }: ShippedProgram,
  plan: BuildPlan,
  { image, copies }: FinalContent,
): Size {
  const reference = parseReference(image);
  const base = image === "scratch" ? exactly(0) : sizeOf(reference && findImage(reference));
  const program = programSize(plan.imports, true, goVersion(context.image(stage)));
  const files = copies.map((path) => pathSize(context, stage, path));
  return addSizes([base, program, ...others.map(() => program), ...files]);
}

/** The bytes of a file or folder of the context, where a stage holds it. */
function pathSize(context: FileContext, stage: Stage, path: string): Size {
  const origin = context.view(stage).origin(path);
  if (origin.kind !== "context") return nothingKnown();
  const found = [...(context.project.files ?? [])].filter(
    ([file]) => file === origin.path || file.startsWith(`${origin.path}/`),
  );
  return exactly(found.reduce((sum, [, bytes]) => sum + bytes, 0));
}

/** The version of Go in a base, or the one that its packages install. */
function goVersion(image: BaseImage | undefined): string | undefined {
  if (image?.ecosystem === "go") return image.languageVersion;
  return image?.distro && image.distroRelease ? goPackageVersion(image.distro, image.distroRelease) : undefined;
}

function programSize(imports: readonly string[] | undefined, stripped: boolean, goVersion: string | undefined): Size {
  const thirdParty = imports?.some((path) => path.split("/", 1)[0]?.includes(".")) ?? false;
  return goProgramSize(imports, { stripped, thirdParty, ...(goVersion === undefined ? {} : { goVersion }) });
}

function baseSize(context: FileContext, stage: Stage): Size {
  return stage.base.kind === "scratch" ? exactly(0) : sizeOf(context.image(stage));
}

function sizeOf(image: BaseImage | undefined): Size {
  return (image && unpackedSize(image)) ?? nothingKnown();
}

function layerSize(context: FileContext, stage: Stage, instruction: Instruction, parts: Parts): Size | undefined {
  switch (instruction.keyword) {
    case "RUN": {
      const commands = parts.commands.get(instruction) ?? [];
      const listsKept = !commands.some(removesLists);
      const sizes = commands.map((run) => commandSize(context, stage, run, listsKept, parts.builds.get(run)));
      return sizes.length > 0 ? addSizes(sizes) : nothingKnown();
    }
    case "COPY":
    case "ADD": {
      const copy = parts.copies.get(instruction);
      return copy ? copySize(context, stage, copy) : nothingKnown();
    }
    default:
      return undefined;
  }
}

function removesLists({ program, args }: RunCommand): boolean {
  return program === "rm" && args.some(({ value }) => value?.startsWith("/var/lib/apt/lists"));
}

function commandSize(
  context: FileContext,
  stage: Stage,
  run: RunCommand,
  listsKept: boolean,
  build: Build | undefined,
): Size {
  const packages = installedPackages(run);
  if (packages.length > 0) return installSize(context, stage, run, packages, listsKept);
  if (build) {
    const plan = build.toolchain.plan(build, context.view(stage), context.text);
    const imports = typeof plan === "string" ? undefined : plan.imports;
    const version = goVersion(context.image(stage));
    return addSizes([goBuildCacheSize(version, imports) ?? nothingKnown(), programSize(imports, false, version)]);
  }
  return run.program !== undefined && HARMLESS_COMMANDS.has(run.program) ? exactly(0) : nothingKnown();
}

function installSize(
  context: FileContext,
  stage: Stage,
  run: RunCommand,
  packages: readonly string[],
  listsKept: boolean,
): Size {
  const image = context.image(stage);
  const recommends = !run.args.some(({ value }) => value === "--no-install-recommends");
  if (!image?.distro || !image.distroRelease) return nothingKnown();
  return goInstallSize(image.distro, image.distroRelease, packages, { recommends, listsKept }) ?? nothingKnown();
}

/** Programs that a COPY carries over from the stage that builds them. */
function carriedSize(context: FileContext, user: Stage, copy: Copy): Size {
  const source = copy.from === undefined ? undefined : stageNamed(context.model, user, copy.from);
  if (!source || !copy.sources) return nothingKnown();
  return addSizes(
    copy.sources.map((path) => {
      const found = context.presence(source, posix.join("/", path));
      if (found.kind !== "there" || !found.made) return nothingKnown();
      const { build, stage } = found.made;
      const view = context.view(stage);
      const plan = build.toolchain.plan(build, view, context.text);
      const stripped = build.toolchain.strip(build, view, context.text).length === 0;
      return programSize(
        typeof plan === "string" ? undefined : plan.imports,
        stripped,
        goVersion(context.image(stage)),
      );
    }),
  );
}

/** What a COPY brings from the context, counted in the folder. */
function copySize(context: FileContext, stage: Stage, copy: Copy): Size {
  const { files } = context.project;
  if (copy.from !== undefined) return carriedSize(context, stage, copy);
  if (!copy.sources || !files) return nothingKnown();
  let bytes = 0;
  for (const source of copy.sources) {
    if (/^(?:https?|git|ssh):\/\//.test(source)) return nothingKnown();
    const clean = posix.normalize(source.replace(/^\/+/, "")).replace(/^\.$/, "");
    for (const [path, size] of files) {
      if (
        clean === "" ||
        path === clean ||
        path.startsWith(`${clean}/`) ||
        (/[*?[]/.test(clean) && matchesPattern(clean, path))
      )
        bytes += size;
    }
  }
  return exactly(bytes);
}

function exactly(bytes: number): Size {
  return { bytes, kind: "unpacked", source: "estimate", platform: PLATFORM };
}

/** It adds something, and nobody knows how much. */
function nothingKnown(): Size {
  return { bytes: null, low: 0, kind: "unpacked", source: "estimate", platform: PLATFORM };
}
