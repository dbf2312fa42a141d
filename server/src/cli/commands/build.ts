import { buildImage, summaryOf } from "../../app/build";
import { oneOf, readArguments, single } from "../arguments";
import { EXIT, type ExitCode } from "../errors";
import { readInput } from "../input";
import { layerLines } from "../reporters/layers";
import type { World } from "../world";
import { BUILD_OPTIONS, buildRequest } from "./engine-options";

/** `build FILE`: builds it, with the log on standard error, and prints what it weighs. */
export async function build(args: readonly string[], world: World): Promise<ExitCode> {
  const { values, positionals } = readArguments(args, {
    ...BUILD_OPTIONS,
    stage: { type: "string" },
    tag: { type: "string" },
  });
  const format = oneOf("--format", values.format, ["text", "json"]);
  const input = readInput(single(positionals, "build FILE [--stage STAGE] [--tag T]"), values["stdin-filename"]);
  const request = {
    ...buildRequest(input, values),
    ...(values.stage !== undefined && { stage: values.stage }),
    ...(values.tag !== undefined && { tag: values.tag }),
  };
  const engine = await world.connectEngine(values.host);
  try {
    const report = await buildImage(engine, request, { log: world.complain }, Date.now, world.signal);
    if (format === "json") world.print(JSON.stringify(report, undefined, 2));
    else world.print([...layerLines(report.layers), summaryOf(report)].join("\n"));
    return report.failed ? EXIT.engine : EXIT.clean;
  } finally {
    await engine.close();
  }
}
