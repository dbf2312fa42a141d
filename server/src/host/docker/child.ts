/**
 * The process that holds the connection to an engine, so that no fault of dockerode takes the language server down.
 * It ends when the product asks it to, or is gone itself, and leaves nothing on the engine that nobody waits for.
 */
import {
  type CancellationToken,
  createMessageConnection,
  IPCMessageReader,
  IPCMessageWriter,
  ResponseError,
} from "vscode-jsonrpc/node";
import { type BuildListener, type BuildOutcome, type BuildRequest, EngineError } from "../../ports";
import { build } from "./build";
import { removeImage } from "./clean";
import { type Engine, openEngine } from "./engine";
import { inspect } from "./inspect";
import { LayerCache } from "./layers/layer-cache";
import { measure } from "./layers/measure";
import { type BuildEvent, type EngineOptions, errorCodes, protocol } from "./protocol";
import { run } from "./run";
import { serve as askServer } from "./serve";
import { sweep } from "./sweep";
import { sentence } from "./text";

const env = { ...process.env };
// docker-modem reads it on its own, and throws where it cannot, whatever options it is given.
delete process.env.DOCKER_HOST;

const options = JSON.parse(process.argv[2] ?? "{}") as EngineOptions;
const connection = createMessageConnection(new IPCMessageReader(process), new IPCMessageWriter(process));

const layers = new LayerCache(options.cacheFolder);

/** What is under way, each with the way to end it. */
const calls = new Map<Promise<unknown>, AbortController>();
/** Images that somebody still compares, runs or measures: with a label to find them by, and no name to keep them for. */
const temporary = new Set<string>();

/** Does what a request asks for on an engine that answers; its error, whatever it is, becomes one sentence. */
function serve<T>(token: CancellationToken, work: (engine: Engine, signal: AbortSignal) => Promise<T>): Promise<T> {
  const abort = new AbortController();
  // A token that was cancelled before it came here never says so again.
  if (token.isCancellationRequested) abort.abort();
  token.onCancellationRequested(() => abort.abort());
  const call = openEngine(options, env)
    .then((engine) => {
      abort.signal.throwIfAborted();
      return work(engine, abort.signal);
    })
    .catch((error: unknown) => {
      if (abort.signal.aborted) throw new ResponseError(errorCodes.cancelled, "Cancelled.");
      const message = error instanceof Error ? error.message : String(error);
      throw new ResponseError(
        errorCodes.engine,
        error instanceof EngineError ? message : sentence(`The engine could not be used: ${message}`),
      );
    })
    .finally(() => calls.delete(call));
  calls.set(call, abort);
  return call;
}

/** Sends what happens in a build in bundles: a program can print lines faster than messages travel. */
function reporter(id: number): BuildListener & { flush(): void } {
  let events: BuildEvent[] = [];
  const flush = () => {
    if (events.length > 0 && process.connected)
      void connection.sendNotification(protocol.events, { id, events }).catch(() => undefined);
    events = [];
  };
  const push = (event: BuildEvent) => {
    if (events.push(event) === 1) setImmediate(flush);
  };
  return { log: push, step: push, flush };
}

/** Tells how far a reading is, some times a second. */
function progressOf(id: number): (read: number, about: number) => void {
  let told = Number.NEGATIVE_INFINITY;
  return (read, about) => {
    if (performance.now() - told < 200 || !process.connected) return;
    told = performance.now();
    void connection.sendNotification(protocol.progress, { id, read, about }).catch(() => undefined);
  };
}

async function buildAndRemember(
  engine: Engine,
  id: number,
  request: BuildRequest,
  signal: AbortSignal,
): Promise<BuildOutcome> {
  const listener = reporter(id);
  const outcome = await build(engine, request, listener, signal, env).finally(() => listener.flush());
  if (outcome.image && request.labels && !request.tag) temporary.add(outcome.image);
  return outcome;
}

connection.onRequest(protocol.build, ({ id, request }, token) =>
  serve(token, (engine, signal) => buildAndRemember(engine, id, request, signal)),
);
connection.onRequest(protocol.inspect, ({ reference }, token) =>
  serve(token, async (engine) => (await inspect(engine, reference)) ?? null),
);
connection.onRequest(protocol.measure, ({ id, ...request }, token) =>
  serve(token, async (engine, signal) => (await measure(engine, request, layers, progressOf(id), signal)) ?? null),
);
connection.onRequest(protocol.run, (request, token) => serve(token, (engine, signal) => run(engine, request, signal)));
connection.onRequest(protocol.serve, (request, token) =>
  serve(token, (engine, signal) => askServer(engine, request, signal)),
);
connection.onRequest(protocol.sweep, ({ label }, token) =>
  serve(token, async (engine) => {
    await sweep(engine, label);
    return null;
  }),
);

let ending = false;

/** Ends what is under way, then the process. When the product has crashed, nobody owns its temporary images: they go. */
function end(crashed: boolean): void {
  if (ending) return;
  ending = true;
  setTimeout(() => process.exit(1), 20_000).unref();
  for (const abort of calls.values()) abort.abort();
  Promise.allSettled(calls.keys())
    .then(() => (crashed ? removeTemporary() : undefined))
    .catch(() => undefined)
    .finally(() => process.exit());
}

async function removeTemporary(): Promise<void> {
  if (temporary.size === 0) return;
  const { docker } = await openEngine(options, env);
  for (const image of temporary) await removeImage(docker, image, true);
}

connection.onNotification(protocol.close, () => end(false));
process.on("disconnect", () => end(true));
// An interrupt from the keyboard reaches the whole group of processes. The product decides what it means.
process.on("SIGINT", () => undefined);
process.on("SIGHUP", () => undefined);
for (const fault of ["SIGTERM", "uncaughtException", "unhandledRejection"]) process.on(fault, () => end(false));
connection.listen();
