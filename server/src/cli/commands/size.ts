import { existsSync } from "node:fs";
import { imageLayers, type LayerReport } from "../../app/build";
import { knowImage, sizeOf } from "../../app/known-image";
import { type Analysis, estimateImage, estimateLayers, formatSize, LineIndex, type Size } from "../../core";
import { oneOf, readArguments, single } from "../arguments";
import { EXIT, type ExitCode, UsageError } from "../errors";
import { analyze, readInput } from "../input";
import { layerLines } from "../reporters/layers";
import type { World } from "../world";

interface SizeReport {
  readonly version: 1;
  readonly size: Size;
  readonly layers: readonly LayerReport[];
}

/** `size FILE|IMAGE`: what a Dockerfile's image would weigh, estimated, or what an image weighs, to the byte. */
export async function size(args: readonly string[], world: World): Promise<ExitCode> {
  const { values, positionals } = readArguments(args, {
    image: { type: "boolean" },
    format: { type: "string", default: "text" },
    context: { type: "string" },
    "stdin-filename": { type: "string" },
    host: { type: "string" },
  });
  const format = oneOf("--format", values.format, ["text", "json"]);
  const what = single(positionals, "size FILE|IMAGE [--image]");
  const isFile = !values.image && (what === "-" || existsSync(what));
  const report = isFile
    ? fileSize(await analyze(readInput(what, values["stdin-filename"]), values.context, world.openProject, "sizes"))
    : await imageSize(what, values.host, world);
  world.print(
    format === "json"
      ? JSON.stringify(report, undefined, 2)
      : [
          ...layerLines(report.layers),
          `${formatSize(report.size)} (${report.size.source}, ${report.size.platform})`,
        ].join("\n"),
  );
  return EXIT.clean;
}

function fileSize({ context, text }: Analysis): SizeReport {
  const stage = context.model.final;
  if (!stage) throw new UsageError("the file has no stage, so there is no image to weigh");
  const lines = new LineIndex(text);
  const layers = estimateLayers(context, stage).map(({ instruction, size: each }) => ({
    line: lines.lineAt(instruction.span.start) + 1,
    instruction: instruction.line.text.replace(/\s+/g, " ").trim().slice(0, 200),
    size: each,
  }));
  return { version: 1, size: estimateImage(context, stage), layers };
}

async function imageSize(reference: string, host: string | undefined, world: World): Promise<SizeReport> {
  const engine = await world.connectEngine(host);
  try {
    const found = await engine.inspect(reference);
    if (!found) throw new UsageError(`${reference}: neither a file nor an image that the engine has`);
    const image = await knowImage(engine, found, { log: world.complain }, world.signal);
    return { version: 1, size: sizeOf(image), layers: imageLayers(image) };
  } finally {
    await engine.close();
  }
}
