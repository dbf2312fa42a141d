import { type ChildProcess, fork } from "node:child_process";
import {
  CancellationTokenSource,
  createMessageConnection,
  IPCMessageReader,
  IPCMessageWriter,
  type MessageConnection,
  type RequestType,
  ResponseError,
} from "vscode-jsonrpc/node";
import {
  type BuildListener,
  type BuildOutcome,
  type BuildRequest,
  EngineError,
  type MeasuredImage,
  type MeasureListener,
  type MeasureOptions,
} from "../../ports";
import { type EngineOptions, errorCodes, protocol } from "./protocol";

/** How long the child may take to clean up before it is killed, in milliseconds. */
const closePatience = 25_000;

/** One child process that holds a connection to an engine, and the calls that go to it. */
export class Link {
  /** True once the process no longer listens. */
  ended = false;
  private readonly child: ChildProcess;
  private readonly connection: MessageConnection;
  private readonly exit: Promise<string>;
  private readonly listeners = new Map<number, BuildListener>();
  private readonly measurers = new Map<number, MeasureListener>();
  private ids = 0;
  private closing: Promise<void> | undefined;

  /** Starts the process: `modulePath` is its bundle. */
  constructor(modulePath: string, options: EngineOptions) {
    this.child = fork(modulePath, [JSON.stringify(options)], {
      // What this process was started with (a debugger, a loader) is not for the child.
      execArgv: [],
      stdio: ["ignore", "ignore", "ignore", "ipc"],
      // A signal to the group of this process must not take away what cleans up after it.
      detached: process.platform !== "win32",
    });
    this.exit = new Promise((resolve) => {
      this.child.once("exit", (code, signal) => resolve(signal ?? `exit code ${code}`));
      this.child.on("error", (error) => resolve(error.message));
    });
    const ended = () => {
      this.ended = true;
    };
    this.child.once("disconnect", ended);
    void this.exit.then(ended);
    this.connection = createMessageConnection(new IPCMessageReader(this.child), new IPCMessageWriter(this.child));
    this.connection.onNotification(protocol.events, ({ id, events }) => {
      const listener = this.listeners.get(id);
      for (const event of events) typeof event === "string" ? listener?.log(event) : listener?.step?.(event);
    });
    this.connection.onNotification(protocol.progress, ({ id, read, about }) =>
      this.measurers.get(id)?.progress?.(read, about),
    );
    this.connection.listen();
  }

  async build(request: BuildRequest, listener: BuildListener, signal?: AbortSignal): Promise<BuildOutcome> {
    const id = ++this.ids;
    this.listeners.set(id, listener);
    try {
      return await this.call(protocol.build, { id, request }, signal);
    } finally {
      this.listeners.delete(id);
    }
  }

  async measure(
    reference: string,
    options: MeasureOptions = {},
    signal?: AbortSignal,
  ): Promise<MeasuredImage | undefined> {
    const id = ++this.ids;
    this.measurers.set(id, options);
    const { contents = false, start } = options;
    const request = { id, reference, contents, ...(start && { start }) };
    try {
      return (await this.call(protocol.measure, request, signal)) ?? undefined;
    } finally {
      this.measurers.delete(id);
    }
  }

  /**
   * Asks the child. Rejects with the signal's reason when what was under way has been ended, and with an EngineError
   * where the call failed or the child is gone.
   */
  async call<P, R>(type: RequestType<P, R, void>, params: P, signal?: AbortSignal): Promise<R> {
    signal?.throwIfAborted();
    const source = new CancellationTokenSource();
    const cancel = () => source.cancel();
    signal?.addEventListener("abort", cancel, { once: true });
    try {
      const answer = this.connection.sendRequest<R>(type.method, params, source.token);
      answer.catch(() => undefined);
      return await Promise.race([answer, this.death()]);
    } catch (error) {
      signal?.throwIfAborted();
      throw asEngineError(error);
    } finally {
      signal?.removeEventListener("abort", cancel);
      source.dispose();
    }
  }

  /** Ends what is under way and then the process; resolves when it is gone. */
  close(): Promise<void> {
    this.closing ??= this.end();
    return this.closing;
  }

  private async end(): Promise<void> {
    this.ended = true;
    const killer = setTimeout(() => this.child.kill("SIGKILL"), closePatience);
    try {
      await this.connection.sendNotification(protocol.close, null);
    } catch {
      // It is gone already, or no longer listens.
      this.child.kill("SIGKILL");
    }
    await this.exit;
    clearTimeout(killer);
    this.connection.dispose();
  }

  private async death(): Promise<never> {
    const how = await this.exit;
    throw new EngineError(`The process that talks to the Docker Engine ended unexpectedly (${how}).`);
  }
}

function asEngineError(error: unknown): EngineError {
  if (error instanceof EngineError) return error;
  if (error instanceof ResponseError && error.code === errorCodes.engine) return new EngineError(error.message);
  if (error instanceof ResponseError && error.code === errorCodes.cancelled) {
    return new EngineError("The connection to the Docker Engine was closed.");
  }
  return new EngineError("The process that talks to the Docker Engine cannot be reached.");
}
