import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import type { Container } from "dockerode";
import type { RunOutcome, RunRequest } from "../../ports";
import { attach, containerOptions, inContainer, NotStarted } from "./container";
import type { Engine } from "./engine";
import { ContainerOutput } from "./output";

/** How long output may still come in after the program has ended, in milliseconds. */
const outputPatience = 2_000;
/** The same for a program that left input unread: then the engine does not close the connection at all. */
const unreadPatience = 200;

/**
 * Runs an image to its end, to its timeout or to the signal; the container is removed in each case.
 * Rejects with an EngineError where the engine does not answer, and with the signal's reason.
 */
export async function run(engine: Engine, request: RunRequest, signal: AbortSignal): Promise<RunOutcome> {
  const reads = request.stdin !== undefined;
  const options = { ...containerOptions(request), AttachStdin: reads, OpenStdin: reads, StdinOnce: reads };
  const outcome = await inContainer(engine, options, signal, (container) =>
    runToEnd(engine, container, request, signal),
  );
  return outcome instanceof NotStarted ? { stdout: "", stderr: "", notStarted: outcome.reason } : outcome;
}

async function runToEnd(
  engine: Engine,
  container: Container,
  request: RunRequest,
  signal: AbortSignal,
): Promise<RunOutcome> {
  const reads = request.stdin !== undefined;
  const socket = await attach(engine, container, reads);
  try {
    const output = new ContainerOutput();
    // A program may end without reading all its input.
    socket.on("error", () => undefined).on("data", (chunk: Buffer) => output.push(chunk));
    const ended = once(socket, "close");
    const began = performance.now();
    await container.start();
    if (reads) socket.end(request.stdin);
    const exitCode = await exit(container, request.timeout, signal);
    const took = Math.round(performance.now() - began);
    const patience = reads && !socket.writableFinished ? unreadPatience : outputPatience;
    await Promise.race([ended, sleep(patience, undefined, { ref: false })]);
    return outcome(output, exitCode, took);
  } finally {
    socket.destroy();
  }
}

/** The program's exit code, or undefined where its time ran out and it was killed. */
async function exit(container: Container, timeout: number, signal: AbortSignal): Promise<number | undefined> {
  const done = new AbortController();
  const either = AbortSignal.any([done.signal, signal]);
  const waiting = container.wait() as Promise<{ readonly StatusCode: number }>;
  const tooLong = sleep(timeout, undefined, { signal: either }).then(() => undefined);
  try {
    const first = await Promise.race([waiting, tooLong]);
    if (first) return first.StatusCode;
    // It may end of itself at this very moment, and then cannot be killed.
    await container.kill().catch(() => undefined);
    await waiting;
    return undefined;
  } finally {
    done.abort();
    // The one that lost the race has nobody to tell.
    for (const rest of [waiting, tooLong]) rest.catch(() => undefined);
  }
}

function outcome({ stdout, stderr }: ContainerOutput, exitCode: number | undefined, took: number): RunOutcome {
  return {
    ...(exitCode !== undefined && { exitCode, took }),
    stdout: stdout.text(),
    stderr: stderr.text(),
    ...((stdout.truncated || stderr.truncated) && { truncated: true }),
  };
}
