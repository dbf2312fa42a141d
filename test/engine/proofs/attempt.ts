import { setTimeout as sleep } from "node:timers/promises";
import Docker from "dockerode";
import type { BuildEngine } from "../../../server/src/ports";
import { connect, recorder } from "../../kit/engine";
import { folder } from "../world";

/** What came of a Dockerfile on the engine. */
export interface Attempt {
  /** Where it failed; undefined where it started, ended without an error, and is healthy if it says how to tell. */
  readonly failed: "build" | "start" | "health" | undefined;
  readonly output: string;
}

const LABEL = { "ballast.test": "proofs" };
/** Milliseconds for a program to end, and for a health check to come to its verdict. */
const PATIENCE = 30_000;
let engine: BuildEngine | undefined;

/** Removes what all the attempts have made. */
export async function sweepTrials(): Promise<void> {
  await engine?.sweep("ballast.test=proofs");
}

/** Builds a Dockerfile in a folder with these files, and starts it: to its end, or until its health check has spoken. */
export async function tryOut(dockerfile: string, files: ReadonlyMap<string, string>): Promise<Attempt> {
  engine ??= await connect();
  const request = { dockerfile, context: folder(Object.fromEntries(files)), labels: LABEL };
  const log = recorder();
  const { image } = await engine.build(request, log);
  if (image === undefined) return { failed: "build", output: log.lines.join("\n") };
  const health = await healthOf(image);
  if (health) return health;
  const { notStarted, exitCode, stdout, stderr } = await engine.run({ image, labels: LABEL, timeout: PATIENCE });
  return { failed: exitCode === 0 ? undefined : "start", output: notStarted ?? stdout + stderr };
}

/** What the health check of an image says of it; undefined where it has none. The product asks nobody for that. */
async function healthOf(image: string): Promise<Attempt | undefined> {
  const docker = new Docker();
  const { Config } = (await docker.getImage(image).inspect()) as { Config: { Healthcheck?: { Test?: string[] } } };
  if (!Config.Healthcheck?.Test?.length) return undefined;
  const container = await docker.createContainer({ Image: image, Labels: LABEL });
  try {
    await container.start();
    const end = Date.now() + PATIENCE;
    for (;;) {
      const { State } = await container.inspect();
      const { Status = "none", Log = [] } = (State.Health ?? {}) as { Status?: string; Log?: { Output: string }[] };
      if (Status === "healthy" || Status === "unhealthy" || !State.Running || Date.now() > end)
        return {
          failed: Status === "healthy" ? undefined : "health",
          output: Log.map(({ Output }) => Output).join("\n"),
        };
      await sleep(100);
    }
  } finally {
    await container.remove({ force: true });
  }
}
