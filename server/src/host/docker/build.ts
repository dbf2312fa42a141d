import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { StringDecoder } from "node:string_decoder";
import { setTimeout as sleep } from "node:timers/promises";
import type DockerModem from "docker-modem";
import type { BuildListener, BuildOutcome, BuildRequest, EngineError } from "../../ports";
import { archivedDockerfile, packContext } from "./archive";
import type { BuildLog, EngineMessage, SteppedLog } from "./build-log";
import { BuildKitLog } from "./buildkit-log";
import { ClassicLog } from "./classic-log";
import { removeContainer, removeImage } from "./clean";
import { type BuildContext, dockerfileName, openContext } from "./context";
import { credentialsFor, registryHeader } from "./credentials";
import { dial, type Engine } from "./engine";
import { httpReason, isHttpError, lost, toEngineError } from "./errors";
import { describeFailure } from "./failure";
import { PodmanLog } from "./podman-log";
import { openSession } from "./session";

type Environment = Readonly<Record<string, string | undefined>>;

/** How long BuildKit may take to end a build that it was asked to cancel, before the connection is cut instead. */
const cancelPatience = 2_000;

/** What one build is made of. */
interface Build {
  readonly engine: Engine;
  readonly request: BuildRequest;
  readonly context: BuildContext;
  readonly listener: BuildListener;
  readonly signal: AbortSignal;
  readonly env: Environment;
}

/**
 * Builds an image. A build that fails is an outcome; rejects with an EngineError where the engine does not answer or the
 * context cannot be read, and with the signal's reason when nothing of a cancelled build is left.
 */
export async function build(
  engine: Engine,
  request: BuildRequest,
  listener: BuildListener,
  signal: AbortSignal,
  env: Environment,
): Promise<BuildOutcome> {
  const context = await openContext(request);
  signal.throwIfAborted();
  const parts = { engine, request, context, listener, signal, env };
  try {
    return engine.builder === "buildkit" ? await withBuildKit(parts) : await withClassic(parts);
  } catch (error) {
    signal.throwIfAborted();
    // Whatever has a status was said by the engine: it answers, and it will not build this.
    if (isHttpError(error)) return { failed: describeFailure(httpReason(error), undefined, "") };
    throw toEngineError(error, engine.where);
  }
}

async function withBuildKit({ engine, request, context, listener, signal, env }: Build): Promise<BuildOutcome> {
  const log = new BuildKitLog(listener);
  const session = await openSession(engine, context, (host) => credentialsFor(host, env));
  const id = randomUUID();
  const cut = new AbortController();
  const cancel = async () => {
    await dial(engine.docker, cancelOf(id)).catch(() => undefined);
    await sleep(cancelPatience, undefined, { signal: cut.signal });
    cut.abort();
  };
  const onAbort = () => void cancel().catch(() => undefined);
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    signal.throwIfAborted();
    const query = { ...queryOf(request), version: "2", remote: "client-session", session: session.id, buildid: id };
    const options = { _query: { ...query, dockerfile: dockerfileName }, _body: {} };
    await follow(log, engine, { ...buildPath, options, abortSignal: cut.signal });
  } catch (error) {
    throw session.failure() ?? error;
  } finally {
    signal.removeEventListener("abort", onAbort);
    session.close();
    cut.abort();
    // Asked to stop, it may have been done already.
    if (signal.aborted && log.image && !request.tag) await removeImage(engine.docker, log.image).catch(() => false);
  }
  signal.throwIfAborted();
  return outcome(log, engine, session.failure());
}

async function withClassic({ engine, request, context, listener, signal, env }: Build): Promise<BuildOutcome> {
  // A step is made of each label.
  const added = Object.keys(request.labels ?? {}).length;
  const log = engine.podman ? new PodmanLog(listener, added) : new ClassicLog(listener, added);
  const logins = await registryHeader(env);
  const archive = packContext(context, engine.podman);
  try {
    const options = { ...queryOf(request), dockerfile: archivedDockerfile, rm: 1, forcerm: 1 };
    const registryconfig = logins === undefined ? {} : { registryconfig: { base64: logins } };
    await follow(log, engine, { ...buildPath, options, file: archive.stream, abortSignal: signal, ...registryconfig });
  } catch (error) {
    throw archive.failure() ?? error;
  } finally {
    archive.stream.destroy();
    if (signal.aborted) await clearClassic(engine, log, request).catch(() => undefined);
  }
  signal.throwIfAborted();
  return outcome(log, engine, archive.failure());
}

/** The engine stops a classic build when its connection ends. What it leaves of it goes too. */
async function clearClassic(engine: Engine, log: SteppedLog, request: BuildRequest): Promise<void> {
  if (log.container) await removeContainer(engine.docker, log.container);
  if (request.tag && log.image) return;
  for (const image of [...log.made].reverse()) await removeImage(engine.docker, image);
}

const buildPath = { path: "/build?", method: "POST", isStream: true, statusCodes: { 200: true } };

function cancelOf(id: string): DockerModem.DialOptions {
  return {
    path: "/build/cancel?",
    method: "POST",
    options: { _query: { id }, _body: {} },
    statusCodes: { 200: true, 204: true },
  };
}

function queryOf(request: BuildRequest): Record<string, unknown> {
  return {
    ...(request.stage && { target: request.stage }),
    ...(request.tag && { t: request.tag }),
    ...(request.platform && { platform: request.platform }),
    // BuildKit knows the bridge by the name of default only.
    ...(request.network && request.network !== "bridge" && { networkmode: request.network }),
    ...(request.buildArgs && { buildargs: request.buildArgs }),
    ...(request.labels && { labels: request.labels }),
  };
}

async function follow(log: BuildLog, engine: Engine, options: DockerModem.DialOptions): Promise<void> {
  const response = (await dial(engine.docker, options)) as IncomingMessage;
  const decoder = new StringDecoder("utf8");
  let rest = "";
  for await (const chunk of response as AsyncIterable<Buffer>) {
    const lines = (rest + decoder.write(chunk)).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) if (line.trim() !== "") log.read(JSON.parse(line) as EngineMessage);
  }
  if (rest.trim() !== "") log.read(JSON.parse(rest) as EngineMessage);
}

function outcome(log: BuildLog, engine: Engine, broken: EngineError | undefined): BuildOutcome {
  const failed = log.failure();
  if (broken) throw broken;
  if (failed) return { failed };
  if (log.image === undefined) throw lost(engine.where);
  return { image: log.image };
}
