/** A product of its own process, for the tests that kill it or that lend it other rights. */
import { connectEngine } from "../../server/src/host/docker/client";
import type { BuildRequest, RunRequest, ServeRequest } from "../../server/src/ports";

/** What it does, one after the other; given as JSON in its first argument. */
export interface Orders {
  readonly modulePath: string;
  readonly builder?: "buildkit" | "classic";
  readonly builds?: readonly BuildRequest[];
  readonly run?: RunRequest;
  readonly serve?: ServeRequest;
}

async function main({ modulePath, builder, builds = [], run, serve }: Orders): Promise<void> {
  const engine = connectEngine({ modulePath, ...(builder && { builder }) });
  const tell = (what: unknown) => process.stdout.write(`${JSON.stringify(what)}\n`);
  try {
    for (const request of builds) tell(await engine.build(request, { log: () => undefined }));
    if (run) tell(await engine.run(run));
    if (serve) tell(await engine.serve(serve));
  } catch (error) {
    tell({ error: error instanceof Error ? `${error.name}: ${error.message}` : String(error) });
  }
  await engine.close();
}

void main(JSON.parse(process.argv[2] ?? "{}") as Orders);
