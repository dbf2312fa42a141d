import { exactly, nothingKnown } from "../catalog/amounts";
import { type BaseImage, findImage, unpackedSize } from "../catalog/catalog";
import { parseReference } from "../catalog/reference";
import { addSizes, type Size } from "../catalog/size";
import type { FileContext } from "../flow/context";
import { type Copy, copiesOf, within } from "../flow/files/copies";
import { contextBytes } from "../flow/layers/context-bytes";
import type { ShippedProgram } from "../flow/running/shipped-program";
import { lineage } from "../model/image-config";
import type { Stage } from "../model/model";
import { posix } from "../model/paths";
import { stageNamed } from "../model/reach";
import type { Instruction } from "../syntax/instruction";
import type { Build, BuildPlan, RunCommand } from "../toolchains/toolchain";
import { Installs } from "./installs";
import { builtSize, isStripped, plannedSize } from "./program";
import { runSize } from "./run";

/** What an instruction adds to the image. */
export interface LayerEstimate {
  readonly instruction: Instruction;
  readonly size: Size;
}

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
  /** Asked in order: what one brings the next does not bring again. */
  readonly installs: Installs;
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
    installs: new Installs(context.image(stage)),
  };
}

/** What a new final stage holds. */
export interface FinalContent {
  readonly image: string;
  /** Files and folders that it takes from the build stage. */
  readonly copies: readonly string[];
  /** What the libraries of its programs add. */
  readonly libraries: Size;
}

/** The size of the final image of a rewrite: its base, its programs and the files that come along. */
export function estimateFinal(
  context: FileContext,
  { stage, build, others }: ShippedProgram,
  plan: BuildPlan,
  { image, copies, libraries }: FinalContent,
): Size {
  const reference = parseReference(image);
  const base = image === "scratch" ? exactly(0) : sizeOf(reference && findImage(reference));
  const program = plannedSize(plan, !build.run.via || isStripped(context, build), context.image(stage));
  const files = copies.map((path) => pathSize(context, stage, path));
  return addSizes([base, program, ...others.map(() => program), ...files, libraries]);
}

/** The bytes of a file or folder of the context, where a stage holds it. */
function pathSize(context: FileContext, stage: Stage, path: string): Size {
  const origin = context.view(stage).origin(path);
  if (origin.kind !== "context") return isEmptyFolder(context, stage, path) ? exactly(0) : nothingKnown();
  return exactly(contextBytes(context.project, origin.path) ?? 0);
}

/** Only `mkdir` names the folder, and no command can have put a file of any name there. */
function isEmptyFolder(context: FileContext, stage: Stage, path: string): boolean {
  const { commands } = context.view(stage);
  const names = ({ args, folder = "/" }: RunCommand) =>
    args.some(({ value }) => value === undefined || within(path, posix.join(folder, value)) !== undefined);
  // Few stages have a mkdir, and any number of paths may be asked of thousands of commands.
  if (!commands.some((run) => run.program === "mkdir" && names(run))) return false;
  const keep = commands.every((run) => ["mkdir", "chown", "chmod"].includes(run.program ?? "") || !names(run));
  return keep && context.presence(stage, posix.join(path, "any name")).kind === "absent";
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
      return runSize(context, parts.commands.get(instruction) ?? [], parts.builds, parts.installs);
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

/** Programs and files that a COPY carries over from the stage that holds them. */
function carriedSize(context: FileContext, user: Stage, copy: Copy): Size {
  const source = copy.from === undefined ? undefined : stageNamed(context.model, user, copy.from);
  if (!source || !copy.sources) return nothingKnown();
  return addSizes(
    copy.sources.map((path) => {
      const found = context.presence(source, posix.join("/", path));
      if (found.kind !== "there") return nothingKnown();
      return found.made ? builtSize(context, found.made.build) : pathSize(context, source, posix.join("/", path));
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
    const clean = posix.normalize(source.replace(/^\/+/, "")).replace(/^\.$|\/$/, "");
    bytes += contextBytes(context.project, clean) ?? 0;
  }
  return exactly(bytes);
}
