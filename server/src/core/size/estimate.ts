import { type BaseImage, findImage, unpackedSize } from "../catalog/catalog";
import { goBuildCacheSize, goInstallSize, goProgramSize } from "../catalog/go-sizes";
import { parseReference } from "../catalog/reference";
import { addSizes, type Size } from "../catalog/size";
import type { FileContext } from "../flow/context";
import { type Copy, copiesOf, matchesPattern } from "../flow/copies";
import { HARMLESS_COMMANDS, installedPackages } from "../flow/left-behind";
import { lineage } from "../model/image-config";
import type { Stage } from "../model/model";
import { posix } from "../model/paths";
import type { Instruction } from "../syntax/instruction";
import type { BuildPlan, RunCommand } from "../toolchains/toolchain";

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
  return lineage(stage).flatMap((each) => {
    const from = each.base.kind === "stage" ? [] : [{ instruction: each.from, size: baseSize(context, each) }];
    return [
      ...from,
      ...each.instructions.flatMap((instruction, at) => {
        const size = layerSize(context, each, instruction, at);
        return size ? [{ instruction, size }] : [];
      }),
    ];
  });
}

/** The size of the final image of a rewrite: its base and the program. */
export function estimateFinal(plan: BuildPlan, image: string, goVersion: string | undefined): Size {
  const reference = parseReference(image);
  const base = image === "scratch" ? exactly(0) : sizeOf(reference && findImage(reference));
  return addSizes([base, programSize(plan.imports, true, goVersion)]);
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

function layerSize(context: FileContext, stage: Stage, instruction: Instruction, at: number): Size | undefined {
  switch (instruction.keyword) {
    case "RUN":
      return addSizes(runSizes(context, stage, instruction));
    case "COPY":
    case "ADD": {
      const copy = copiesOf(stage, context.syntax.escape).find((each) => each.at === at);
      return copy ? copySize(context, copy) : nothingKnown();
    }
    default:
      return undefined;
  }
}

function runSizes(context: FileContext, stage: Stage, instruction: Instruction): readonly Size[] {
  const { commands } = context.view(stage);
  const own = commands.filter((run) => run.instruction === instruction);
  if (own.length === 0) return [nothingKnown()];
  const listsKept = !own.some(
    ({ program, args }) => program === "rm" && args.some(({ value }) => value?.startsWith("/var/lib/apt/lists")),
  );
  return own.map((run) => commandSize(context, stage, run, listsKept));
}

function commandSize(context: FileContext, stage: Stage, run: RunCommand, listsKept: boolean): Size {
  const packages = installedPackages(run);
  if (packages.length > 0) return installSize(context, stage, run, packages, listsKept);
  const build = context.builds(stage).find((each) => each.run === run);
  if (build) {
    const plan = build.toolchain.plan(build, context.view(stage), context.text);
    const imports = typeof plan === "string" ? undefined : plan.imports;
    const version = context.image(stage)?.languageVersion;
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

/** What a COPY brings from the context, counted in the folder. */
function copySize(context: FileContext, copy: Copy): Size {
  const { files } = context.project;
  if (copy.from !== undefined || !copy.sources || !files) return nothingKnown();
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
