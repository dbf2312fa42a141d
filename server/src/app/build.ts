import {
  Analysis,
  formatBytes,
  type Instruction,
  instructionOfStep,
  LineIndex,
  type Model,
  matchHistory,
  type Size,
  type Stage,
} from "../core";
import type { BuildEngine, BuildFailure, BuildListener, BuildRequest, ImageDetails } from "../ports";

/** The JSON of `build`, version 1 (section 9 of the design). */
export interface BuildReport {
  readonly version: 1;
  /** Null where the build failed. */
  readonly image: string | null;
  readonly size: Size;
  readonly layers: readonly LayerReport[];
  readonly seconds: number;
  readonly failed?: { readonly line: number | null; readonly message: string; readonly log: string };
}

export interface LayerReport {
  /** From 1; none for what the file does not say. */
  readonly line?: number;
  readonly instruction: string;
  readonly size: Size;
}

/** Builds a Dockerfile and says what came of it. `now` is in milliseconds. Rejects as BuildEngine does. */
export async function buildImage(
  engine: BuildEngine,
  request: BuildRequest,
  listener: BuildListener,
  now: () => number,
  signal?: AbortSignal,
): Promise<BuildReport> {
  const began = now();
  const { context } = new Analysis(request.dockerfile);
  const outcome = await engine.build(request, listener, signal);
  const seconds = Math.round((now() - began) / 100) / 10;
  const image = outcome.image === undefined ? undefined : await engine.inspect(outcome.image);
  if (!image || outcome.failed) {
    const failed = outcome.failed ?? { message: "The build ended without an image.", log: "" };
    return {
      version: 1,
      image: null,
      size: unknownSize(request.platform),
      layers: [],
      seconds,
      failed: failureOf(failed, context.model),
    };
  }
  const stage =
    context.model.stages.find(({ name }) => name !== undefined && name.text === request.stage) ?? context.model.final;
  return {
    version: 1,
    image: image.id,
    size: measured(image.bytes, image.platform),
    layers: stage ? layersOf(image, stage, request.dockerfile) : [],
    seconds,
  };
}

export function measured(bytes: number, platform: string): Size {
  return { bytes, kind: "unpacked", source: "measured", platform };
}

function unknownSize(platform: string | undefined): Size {
  return { bytes: null, kind: "unpacked", source: "measured", platform: platform ?? "linux/amd64" };
}

function failureOf({ step, line, message, log }: BuildFailure, model: Model): NonNullable<BuildReport["failed"]> {
  const instruction = step && instructionOfStep(model, step);
  const at = instruction ? lineOf(instruction, model.syntax.text) : line;
  return { line: at ?? null, message, log };
}

/** The line of an instruction, from 1. */
function lineOf(instruction: Instruction, text: string): number {
  return new LineIndex(text).lineAt(instruction.span.start) + 1;
}

/** What each instruction of the shipped stage added, measured; the base is one entry at its FROM. */
export function layersOf(image: ImageDetails, stage: Stage, text: string): readonly LayerReport[] {
  const matched = matchHistory(stage, image.history);
  if (!matched) return imageLayers(image);
  const base = matched.base.reduce((sum, { bytes }) => sum + bytes, 0);
  const from = {
    line: lineOf(stage.from, text),
    instruction: stage.from.line.text.trim(),
    size: measured(base, image.platform),
  };
  const own = matched.own.map(({ instruction, entry }) => ({
    line: lineOf(instruction, text),
    instruction: oneLine(instruction.line.text),
    size: measured(entry.bytes, image.platform),
  }));
  return [from, ...own];
}

/** The layers of an image of which there is no Dockerfile. */
export function imageLayers(image: ImageDetails): readonly LayerReport[] {
  return image.history.map(({ createdBy, bytes }) => ({
    instruction: oneLine(createdBy),
    size: measured(bytes, image.platform),
  }));
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim().slice(0, 200);
}

/** One line about a report, for people. */
export function summaryOf(report: BuildReport): string {
  if (report.failed)
    return `The build failed${report.failed.line === null ? "" : ` at line ${report.failed.line}`}: ${report.failed.message}`;
  return `Built ${report.image?.slice(0, 19) ?? ""}: ${report.size.bytes === null ? "?" : formatBytes(report.size.bytes)} in ${report.seconds} s`;
}
