import {
  type CancellationToken,
  type Disposable,
  EventEmitter,
  type LogOutputChannel,
  window,
  workspace,
} from "vscode";
import type { ErrorHandler, LanguageClient, LanguageClientOptions } from "vscode-languageclient/node";
import { type Answers, type InitializationOptions, METHODS, type Settings, type Status } from "../server/src/protocol";
import { SCHEMES } from "./active";
import { Crashes } from "./crashes";
import { Peers } from "./peers";

type FailedRequest<T> = Parameters<typeof LanguageClient.prototype.handleFailedRequest<T>>;

/**
 * The language server in a process of its own. It is started beside activation, not within it, for its library takes longer
 * to load than all else of the extension; and once more, quietly, when it dies.
 */
export class Server implements Disposable {
  private readonly statuses = new EventEmitter<Status>();
  private readonly starts = new EventEmitter<void>();
  private readonly stops = new EventEmitter<void>();
  private readonly crashes = new Crashes();
  private readonly peers = new Peers();
  private readonly listeners: readonly Disposable[];
  private client: Promise<LanguageClient> | undefined;
  private tokens = 0;
  readonly onStatus = this.statuses.event;
  /** It runs, for the first time or again: it knows nothing of before. */
  readonly onStart = this.starts.event;
  /** It died and stays down. */
  readonly onStop = this.stops.event;

  constructor(
    private readonly module: string,
    private readonly log: LogOutputChannel,
  ) {
    this.listeners = [
      this.statuses,
      this.starts,
      this.stops,
      this.peers,
      this.peers.onDidChange((navigates) => this.notify(METHODS.elsewhere, { navigates })),
      workspace.onDidGrantWorkspaceTrust(() => this.notify(METHODS.trusted)),
    ];
  }

  start(): void {
    this.client = this.connect();
    this.client.catch(() => undefined);
  }

  async restart(): Promise<void> {
    this.crashes.forget();
    const client = await this.client;
    if (!client) return this.start();
    await client.restart();
  }

  notify(method: string, params?: object): void {
    void this.client?.then((client) => client.sendNotification(method, params)).catch(() => undefined);
  }

  /** Asks, and tells the steps as they begin; rejects with the server's error, and where there is no server. */
  async request<M extends keyof Answers>(
    method: M,
    params: object,
    onStep: (step: string) => void,
    cancel: CancellationToken,
  ): Promise<Answers[M]> {
    const { WorkDoneProgress } = await import("vscode-languageclient/node");
    const client = await this.client;
    if (!client?.isRunning()) throw new Error("Ballast's server is not running.");
    this.tokens += 1;
    const workDoneToken = `ballast-${this.tokens}`;
    const progress = client.onProgress(WorkDoneProgress.type, workDoneToken, (value) => {
      if (value.kind === "report" && value.message !== undefined) onStep(value.message);
    });
    try {
      return await client.sendRequest<Answers[M]>(method, { ...params, workDoneToken }, cancel);
    } finally {
      progress.dispose();
    }
  }

  /** Waits for the process to end. */
  async stop(): Promise<void> {
    const client = await this.client?.catch(() => undefined);
    await client?.dispose();
  }

  dispose(): void {
    for (const each of this.listeners) each.dispose();
  }

  private async connect(): Promise<LanguageClient> {
    // Activation is over by then: nobody waits for the library to load.
    await new Promise(setImmediate);
    const { LanguageClient, TransportKind, CloseAction, ErrorAction, ErrorCodes, State } = await import(
      "vscode-languageclient/node"
    );
    /** A server that has just died takes no request. That is no news of its own: its end is told by errorHandler. */
    class QuietClient extends LanguageClient {
      override handleFailedRequest<T>(...failed: FailedRequest<T>): T {
        const [, , error, nothing] = failed;
        return error?.code === ErrorCodes.MessageWriteError ? nothing : super.handleFailedRequest(...failed);
      }
    }
    const errorHandler: ErrorHandler = {
      error: () => ({ action: ErrorAction.Continue, handled: true }),
      closed: () => {
        const action = this.crashes.mayRestart(Date.now()) ? CloseAction.Restart : CloseAction.DoNotRestart;
        if (action === CloseAction.DoNotRestart) void this.sayThatItStopped();
        return { action, handled: true };
      },
    };
    const options: LanguageClientOptions = {
      documentSelector: SCHEMES.map((scheme) => ({ language: "dockerfile", scheme })),
      initializationOptions: () => initializationOptions(this.peers.navigate),
      synchronize: { configurationSection: "ballast" },
      outputChannel: this.log,
      errorHandler,
      // What closes the connection is told by errorHandler; here it is only logged.
      initializationFailedHandler: (error: unknown) => {
        this.log.error(`The server does not start: ${String(error)}`);
        return false;
      },
    };
    const server = { module: this.module, transport: TransportKind.stdio };
    const client = new QuietClient("ballast", "Ballast", server, options);
    client.onNotification(METHODS.status, (status: Status) => this.statuses.fire(status));
    client.onNotification(METHODS.log, ({ lines }: { lines: readonly string[] }) => {
      for (const line of lines) this.log.info(line);
    });
    client.onDidChangeState(({ newState }) => newState === State.Running && this.starts.fire());
    await client.start();
    return client;
  }

  private async sayThatItStopped(): Promise<void> {
    this.stops.fire();
    const restart = "Restart";
    const showLog = "Show log";
    const chosen = await window.showErrorMessage(
      "Ballast's server stopped twice within three minutes, so it stays down.",
      restart,
      showLog,
    );
    if (chosen === restart) await this.restart();
    if (chosen === showLog) this.log.show();
  }
}

function initializationOptions(navigatesElsewhere: boolean): InitializationOptions {
  const settings = workspace.getConfiguration("ballast");
  return {
    trusted: workspace.isTrusted,
    ui: true,
    navigatesElsewhere,
    settings: {
      host: settings.get("host", ""),
      target: settings.get<NonNullable<Settings["target"]>>("target", "distroless"),
      inlayHints: settings.get("inlayHints", true),
      codeLens: settings.get("codeLens", true),
      navigation: settings.get<NonNullable<Settings["navigation"]>>("navigation", "auto"),
    },
  };
}
