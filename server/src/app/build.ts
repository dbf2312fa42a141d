import {
  Analysis,
  formatSize,
  type Instruction,
  instructionOfStep,
  LineIndex,
  type Model,
  matchHistory,
  type Size,
  type Stage,
} from "../core";
import type { BuildEngine, BuildFailure, BuildListener, BuildRequest, ImageDetails, MeasureListener } from "../ports";
import { type KnownImage, knowImage, sizeOf, sizeOfPart } from "./known-image";

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

/** What happens while an image is built, and then measured. */
export interface BuildProgress extends BuildListener, MeasureListener {}

/** Builds a Dockerfile and says what came of it. `now` is in milliseconds. Rejects as BuildEngine does. */
export async function buildImage(
  engine: BuildEngine,
  request: BuildRequest,
  progress: BuildProgress,
  now: () => number,
  signal?: AbortSignal,
): Promise<BuildReport> {
  const { image, report } = await buildQuickly(engine, request, progress, now, signal);
  if (!image) return report();
  return report(await knowImage(engine, image, progress, signal));
}

/** What a build gave: the image as the engine has it, or none. */
export interface Built {
  readonly image?: ImageDetails;
  /** How many entries of its history, from the end, the file's own stages made; undefined where that cannot be told. */
  readonly own?: number | undefined;
  /** What came of it, with the sizes of the image as it is known now. */
  report(known?: KnownImage): BuildReport;
}

/** Builds a Dockerfile, and leaves the image's exact sizes to be found out. */
export async function buildQuickly(
  engine: BuildEngine,
  request: BuildRequest,
  listener: BuildListener,
  now: () => number,
  signal?: AbortSignal,
): Promise<Built> {
  const began = now();
  const { context } = new Analysis(request.dockerfile);
  const outcome = await engine.build(request, listener, signal);
  const seconds = Math.round((now() - began) / 100) / 10;
  const image = outcome.image === undefined ? undefined : await engine.inspect(outcome.image);
  if (!image || outcome.failed) {
    const failure = outcome.failed ?? { message: "The build ended without an image.", log: "" };
    return { report: () => failedReport(request, seconds, failureOf(failure, context.model)) };
  }
  return {
    image,
    own: ownEntries(image, stageOf(request, context.model)),
    report: (known = { ...image, contents: null, inside: null }) => imageReport(known, request, context.model, seconds),
  };
}

function imageReport(image: ImageDetails, request: BuildRequest, model: Model, seconds: number): BuildReport {
  const stage = stageOf(request, model);
  const layers = stage ? layersOf(image, stage, request.dockerfile) : [];
  return { version: 1, image: image.id, size: sizeOf(image), layers, seconds };
}

function stageOf({ stage }: BuildRequest, model: Model): Stage | undefined {
  return model.stages.find(({ name }) => name !== undefined && name.text === stage) ?? model.final;
}

function ownEntries({ history }: ImageDetails, stage: Stage | undefined): number | undefined {
  return stage && matchHistory(stage, history)?.own.length;
}

function failedReport(
  { platform = "linux/amd64" }: BuildRequest,
  seconds: number,
  failed: NonNullable<BuildReport["failed"]>,
): BuildReport {
  const size: Size = { bytes: null, kind: "unpacked", source: "measured", platform };
  return { version: 1, image: null, size, layers: [], seconds, failed };
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
  const from = {
    line: lineOf(stage.from, text),
    instruction: stage.from.line.text.trim(),
    size: sizeOfPart(image, matched.base),
  };
  const own = matched.own.map(({ instruction, entry }) => ({
    line: lineOf(instruction, text),
    instruction: oneLine(instruction.line.text),
    size: sizeOfPart(image, [entry]),
  }));
  return [from, ...own];
}

/** The layers of an image of which there is no Dockerfile. */
export function imageLayers(image: ImageDetails): readonly LayerReport[] {
  return image.history.map((entry) => ({
    instruction: oneLine(entry.createdBy),
    size: sizeOfPart(image, [entry]),
  }));
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim().slice(0, 200);
}

/** One line about a report, for people. */
export function summaryOf(report: BuildReport): string {
  if (report.failed)
    return `The build failed${report.failed.line === null ? "" : ` at line ${report.failed.line}`}: ${report.failed.message}`;
  return `Built ${report.image?.slice(0, 19) ?? ""}: ${formatSize(report.size)} in ${report.seconds} s`;
}
