import type { Container } from "dockerode";
import type { PortAnswers, ServeOutcome, ServeRequest } from "../../ports";
import { ask } from "./ask";
import { attach, containerOptions, inContainer, NotStarted } from "./container";
import type { Engine } from "./engine";
import { ContainerOutput } from "./output";
import { isOpen, type OpenPorts, waitForPorts } from "./probe";
import { addressesOf, publish, whyOutOfReach } from "./reach";
import { LineSplitter, Tail } from "./text";

/** How many of its last lines a server's log keeps. */
const keptLines = 20;

/**
 * Starts an image as a server, waits until its ports accept connections, and asks. The container is removed in each case.
 * Rejects with an EngineError where the engine does not answer, and with the signal's reason.
 */
export async function serve(engine: Engine, request: ServeRequest, signal: AbortSignal): Promise<ServeOutcome> {
  const { network } = request;
  const ports = request.ask.map(({ port }) => port);
  const unreachable = whyOutOfReach(engine.where, network) ?? (await whyTaken(ports, network));
  if (unreachable !== undefined) return { ports: [], waited: 0, log: "", unreachable };
  const { PortBindings, ...published } = publish(ports, network);
  const { HostConfig, ...options } = containerOptions(request);
  const all = { ...options, ...published, HostConfig: { ...HostConfig, ...(PortBindings && { PortBindings }) } };
  const outcome = await inContainer(engine, all, signal, (container) => serveIn(engine, container, request, signal));
  return outcome instanceof NotStarted ? { ports: [], waited: 0, log: "", notStarted: outcome.reason } : outcome;
}

/** On the host's own network a server shares the ports of the machine, and somebody else may answer in its place. */
async function whyTaken(ports: readonly number[], network: string | undefined): Promise<string | undefined> {
  if (network !== "host") return undefined;
  for (const port of ports)
    if (await isOpen({ host: "127.0.0.1", port })) return `Something else listens on port ${port} of this machine.`;
  return undefined;
}

async function serveIn(
  engine: Engine,
  container: Container,
  request: ServeRequest,
  signal: AbortSignal,
): Promise<ServeOutcome> {
  const socket = await attach(engine, container, false);
  const output = new ContainerOutput();
  socket.on("error", () => undefined).on("data", (chunk: Buffer) => output.push(chunk));
  const ended = new AbortController();
  let exitCode: number | undefined;
  try {
    const ordered = performance.now();
    await container.start();
    const waiting = container.wait() as Promise<{ readonly StatusCode: number }>;
    waiting
      .then(({ StatusCode }) => {
        exitCode = StatusCode;
      })
      // An engine that is gone is noticed below.
      .catch(() => undefined)
      .finally(() => ended.abort());
    const began = performance.now();
    const either = AbortSignal.any([signal, ended.signal]);
    const addresses = await addressesOf(container, request.network);
    const ports = request.ask.map(({ port }) => port);
    const { open, at } = await waitForPorts(ports, addresses, {
      any: request.anyPort,
      timeout: request.timeout,
      signal: either,
    });
    const waited = Math.round(performance.now() - began);
    const answers = await askAll(request, open, either);
    signal.throwIfAborted();
    // Whether it is still there: what it ended with is said even where it answered before.
    const { State } = await container.inspect();
    if (!State.Running) exitCode ??= State.ExitCode;
    const opened = at === undefined ? {} : { opened: Math.round(at - ordered) };
    return { ports: answers, waited, ...opened, ...(exitCode !== undefined && { exitCode }), log: lastLines(output) };
  } finally {
    socket.destroy();
  }
}

async function askAll(request: ServeRequest, open: OpenPorts, signal: AbortSignal): Promise<PortAnswers[]> {
  const all: PortAnswers[] = [];
  for (const { port, requests } of request.ask) {
    const address = open.get(port);
    if (!address) continue;
    const answers: PortAnswers["answers"][number][] = [];
    for (const each of requests) {
      if (signal.aborted) break;
      const first = await ask(address, port, each, signal);
      answers.push([first, "failed" in first ? first : await ask(address, port, each, signal)]);
    }
    all.push({ port, answers });
  }
  return all;
}

function lastLines({ stdout, stderr }: ContainerOutput): string {
  const tail = new Tail(keptLines);
  for (const capture of [stdout, stderr]) {
    const lines = new LineSplitter((line) => tail.push(line));
    lines.write(capture.text());
    lines.end();
  }
  return tail.toString();
}
