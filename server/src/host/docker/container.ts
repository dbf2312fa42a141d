import type { Duplex } from "node:stream";
import type { Container, ContainerCreateOptions } from "dockerode";
import { removeContainer } from "./clean";
import { type Engine, hijack } from "./engine";
import { httpReason, isHttpError, toEngineError } from "./errors";
import { causeOf } from "./failure";
import { sentence } from "./text";

/** What every container of Ballast's is made with. */
export interface ContainerRequest {
  readonly image: string;
  readonly args?: readonly string[];
  readonly network?: string;
  readonly labels?: Readonly<Record<string, string>>;
}

/** Why the engine did not start a container, in its words. */
export class NotStarted {
  constructor(readonly reason: string) {}
}

/**
 * Creates a container and hands it over; it is removed in each case. Resolves to NotStarted where the engine answers that
 * it will not make or start it; rejects with an EngineError where it does not answer, and with the signal's reason.
 */
export async function inContainer<T>(
  engine: Engine,
  options: ContainerCreateOptions,
  signal: AbortSignal,
  use: (container: Container) => Promise<T>,
): Promise<T | NotStarted> {
  let container: Container | undefined;
  try {
    // Not to be aborted half-way: then there would be a container whose id nobody knows.
    container = await engine.docker.createContainer(options);
    signal.throwIfAborted();
    return await use(container);
  } catch (error) {
    signal.throwIfAborted();
    if (isHttpError(error)) return new NotStarted(sentence(causeOf(httpReason(error))));
    throw toEngineError(error, engine.where);
  } finally {
    if (container) await removeContainer(engine.docker, container.id).catch(() => undefined);
  }
}

/** As `docker run` would make it. */
export function containerOptions({ image, args, network, labels }: ContainerRequest): ContainerCreateOptions {
  return {
    Image: image,
    ...(args && { Cmd: [...args] }),
    Labels: { ...labels },
    AttachStdout: true,
    AttachStderr: true,
    HostConfig: {
      // What it prints is read as it comes. The engine's own copy would be written to its disk, without a limit.
      LogConfig: { Type: "none", Config: {} },
      ...(network && { NetworkMode: network }),
    },
  };
}

/** A connection to what a container prints and, if so wanted, reads. Of its own, for only such a one can be closed in one direction and still be read. */
export function attach(engine: Engine, container: Container, stdin: boolean): Promise<Duplex> {
  const streams = { stream: true, stdin, stdout: true, stderr: true };
  return hijack(engine.docker, `/containers/${container.id}/attach`, streams);
}
